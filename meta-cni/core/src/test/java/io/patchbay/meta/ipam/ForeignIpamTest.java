package io.patchbay.meta.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Complaints;
import io.patchbay.meta.delegate.ForeignConfig;
import io.patchbay.meta.delegate.Script;
import io.patchbay.meta.delegate.Steps;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignIpamTest {
    @TempDir private Path directory;
    private final ForeignIpam source = new ForeignIpam(InstantSource.system());

    private ForeignConfig config(CniVersion version, String body) throws IOException {
        return new ForeignConfig(
                "whereabouts",
                Script.write(directory, "whereabouts", body),
                version,
                Json.decodeObject(
                        "x",
                        """
                        {"cniVersion": "%s", "name": "red", "type": "ipvlan",
                         "ipam": {"type": "whereabouts", "range": "x"}}
                        """
                                .formatted(version)),
                Map.of("IP", "10.0.0.9"),
                List.of("/opt/cni/bin"),
                "/run/netns/pod",
                new Complaints(0));
    }

    private ForeignConfig logging(CniVersion version) throws IOException {
        return config(
                version,
                """
                echo "$CNI_COMMAND $CNI_CONTAINERID $CNI_IFNAME $CNI_NETNS $CNI_ARGS" >> %1$s/log
                cat > %1$s/stdin
                [ $CNI_COMMAND = ADD ] && echo '{"cniVersion": "%2$s",
                   "ips": [{"version": "4", "address": "10.0.0.9/24"}],
                   "routes": [{"dst": "0.0.0.0/0"}], "dns": {"nameservers": ["10.0.0.53"]}}'
                exit 0
                """
                        .formatted(directory, version));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log"));
    }

    @Test
    void a_lease_is_what_the_binary_printed() throws IOException {
        Lease lease = source.acquire(Steps.ID, logging(CniVersion.V1_0_0), Wish.NONE);

        assertThat(lease.ips().getFirst().address()).hasToString("10.0.0.9/24");
        assertThat(lease.routes()).hasSize(1);
        assertThat(lease.dns().orElseThrow().nameservers()).containsExactly("10.0.0.53");
        assertThat(log()).containsExactly("ADD cid-1 net1 /run/netns/pod IP=10.0.0.9");
        assertThat(
                        Json.decode("x", Files.readString(directory.resolve("stdin")))
                                .at("/ipam/range")
                                .asText())
                .as("the whole configuration of the plugin")
                .isEqualTo("x");
    }

    @Test
    void c98_the_addresses_of_a_lease_are_on_no_link_whatever_the_result_tells()
            throws IOException {
        Lease lease =
                source.acquire(
                        Steps.ID,
                        config(
                                CniVersion.V1_0_0,
                                """
                                echo '{"cniVersion": "1.0.0", "interfaces": [{"name": "ipam0"}],
                                   "ips": [{"address": "10.0.0.9/24", "gateway": "10.0.0.1", "interface": 0}]}'
                                """),
                        Wish.NONE);

        assertThat(lease.ips())
                .containsExactly(
                        new CniResult.Ip(
                                Cidr.parse("10.0.0.9/24"),
                                Optional.of(Cidr.address("10.0.0.1")),
                                OptionalInt.empty()));
    }

    @Test
    void the_binary_is_asked_once_until_the_release() throws IOException {
        ForeignConfig config = logging(CniVersion.V1_0_0);

        Lease first = source.acquire(Steps.ID, config, Wish.NONE);
        Lease second = source.acquire(Steps.ID, config, Wish.NONE);
        source.check(Steps.ID, config);
        source.release(Steps.ID, config);
        source.acquire(Steps.ID, config, Wish.NONE);

        assertThat(second).isEqualTo(first);
        assertThat(log().stream().map(line -> line.split(" ", 2)[0]))
                .containsExactly("ADD", "CHECK", "DEL", "ADD");
    }

    @Test
    void verbs_the_version_has_not_are_left_out() throws IOException {
        source.check(Steps.ID, logging(CniVersion.V0_3_1));
        source.gc("red", logging(CniVersion.V1_0_0), Set.of());
        source.status("red", logging(CniVersion.V1_0_0));
        assertThat(directory.resolve("log")).doesNotExist();

        source.gc("red", logging(CniVersion.V1_1_0), Set.of(Steps.ID));
        source.status("red", logging(CniVersion.V1_1_0));
        assertThat(log()).containsExactly("GC    ", "STATUS    ");
    }

    @Test
    void its_refusal_is_passed_on_and_nothing_is_remembered() throws IOException {
        ForeignConfig refusing =
                config(
                        CniVersion.V1_0_0,
                        "echo '{\"code\": 11, \"msg\": \"pool is empty\"}'; exit 1");

        assertThatThrownBy(() -> source.acquire(Steps.ID, refusing, Wish.NONE))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(11))
                .hasMessageContaining("plugin whereabouts")
                .hasMessageContaining("pool is empty");
        assertThat(source.acquire(Steps.ID, logging(CniVersion.V1_0_0), Wish.NONE).ips())
                .hasSize(1);
    }
}
