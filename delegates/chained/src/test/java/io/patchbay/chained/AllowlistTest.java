package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of the reference plugin, read as it reads it, and the list of patchbay.yaml.
class AllowlistTest {
    private static final String SOMAXCONN = "net.core.somaxconn";
    private static final String ARP = "net.ipv4.conf.IFNAME.arp_filter";

    @TempDir Path etc;

    private Allowlist list(Optional<List<String>> declared) {
        return new Allowlist(declared, etc.resolve("allowlist.conf"));
    }

    private void write(String text) throws IOException {
        Files.writeString(etc.resolve("allowlist.conf"), text);
    }

    private CniException refusal(Allowlist list, String... keys) {
        return catchThrowableOfType(
                CniException.class,
                () ->
                        list.refuseOthers(
                                Stream.of(keys).map(SysctlKey::new).toList(),
                                Standard.INVALID_NETWORK_CONFIG));
    }

    @Test
    void withoutAListAllIsAllowed() {
        assertThat(refusal(list(Optional.empty()), SOMAXCONN, ARP)).isNull();
    }

    @Test
    void anExpressionIsFoundAnywhereInTheKeyAsItIsWritten() throws IOException {
        write("  \n\n  somax  \n^net\\.ipv4\\.conf\\.IFNAME\\.[a-z_]*$\n");
        assertThat(refusal(list(Optional.empty()), SOMAXCONN, ARP)).isNull();
        assertThat(refusal(list(Optional.empty()), SOMAXCONN, "net.ipv4.conf.all.arp_filter"))
                .hasMessageContainingAll(
                        "net.ipv4.conf.all.arp_filter", "not allowed", "allowlist.conf", "somax");
    }

    @Test
    void anEmptyFileAllowsNothing() throws IOException {
        write("\n");
        assertThat(refusal(list(Optional.empty()), SOMAXCONN)).hasMessageContaining(SOMAXCONN);
        assertThat(refusal(list(Optional.empty()))).isNull();
    }

    @Test
    void whereThereAreTwoListsEachMustAllow() throws IOException {
        write("net\n");
        assertThat(refusal(list(Optional.of(List.of("ipv4"))), ARP)).isNull();
        assertThat(refusal(list(Optional.of(List.of("ipv4"))), SOMAXCONN))
                .hasMessageContainingAll(SOMAXCONN, "patchbay.yaml");
        assertThat(refusal(list(Optional.of(List.of())), ARP)).hasMessageContaining(ARP);
    }

    @Test
    void whatIsNoExpressionIsNamed() throws IOException {
        write("net.core\nnet[\n");
        assertThat(refusal(list(Optional.empty()), SOMAXCONN))
                .hasMessageContainingAll("allowlist.conf", "net[", "regular expression");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TuningSettings(Optional.of(List.of("net[")), Optional.empty()))
                .withMessageContainingAll("allowlist", "net[");
    }

    @Test
    void aFileThatCannotBeReadIsNoFileThatAllows() throws IOException {
        Files.createDirectory(etc.resolve("allowlist.conf"));
        CniException refusal = refusal(list(Optional.empty()), SOMAXCONN);
        assertThat(refusal.code()).isEqualTo(Standard.IO_FAILURE);
        assertThat(refusal).hasMessageContaining("allowlist.conf");
    }

    @Test
    void theFileIsThatOfTheReferenceUnlessTheSettingsNameAnother() {
        assertThat(Allowlist.of(new TuningSettings(Optional.empty(), Optional.empty())).file())
                .hasToString("/etc/cni/tuning/allowlist.conf");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TuningSettings(Optional.empty(), Optional.of("etc/list")))
                .withMessageContaining("etc/list");
        assertThatCode(() -> new TuningSettings(Optional.empty(), Optional.of("/etc/list")))
                .doesNotThrowAnyException();
    }
}
