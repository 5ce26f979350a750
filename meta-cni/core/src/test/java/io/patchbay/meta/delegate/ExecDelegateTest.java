package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Steps.PathOnly;
import io.patchbay.meta.delegate.Steps.Step;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecDelegateTest {
    private static final PathOnly POD = new PathOnly("/run/netns/pod");
    private static final Ip ADDRESS =
            new Ip(
                    Cidr.parse("10.0.0.2/24"),
                    Optional.of(Cidr.address("10.0.0.1")),
                    OptionalInt.empty());
    private static final CniResult RESULT =
            new CniResult(List.of(), List.of(ADDRESS), List.of(), Dns.EMPTY);

    @TempDir private Path directory;
    private final ExecDelegate delegate = new ExecDelegate(InstantSource.system());

    private ForeignConfig config(CniVersion version, String body) throws IOException {
        return new ForeignConfig(
                "tested",
                Script.write(directory, "tested", body),
                version,
                Json.decodeObject(
                        "x",
                        """
                        {"cniVersion": "%s", "name": "red", "type": "tested", "mtu": 9}
                        """
                                .formatted(version)),
                Map.of("K8S_POD_NAME", "web", "IP", "10.0.0.9"),
                List.of("/opt/cni/bin", "/usr/lib/cni"),
                "",
                new Complaints(0));
    }

    private ForeignConfig echoing(CniVersion version, String output) throws IOException {
        return config(
                version,
                "env > %1$s/env; cat > %1$s/stdin; cat <<'E'\n%2$s\nE"
                        .formatted(directory, output));
    }

    private static Step<ForeignConfig> step(ForeignConfig config) {
        return new Step<>(config, Optional.of(RESULT), Instant.now().plusSeconds(60));
    }

    private List<String> environment() throws IOException {
        return Files.readAllLines(directory.resolve("env")).stream()
                // What the shell itself adds, and what marks the call.
                .filter(line -> !line.matches("(PWD|OLDPWD|SHLVL|_|PATCHBAY_CALL)=.*"))
                .sorted()
                .toList();
    }

    private JsonNode stdin() throws IOException {
        return Json.decode("stdin", Files.readString(directory.resolve("stdin")));
    }

    @Test
    void add_gets_the_environment_and_nothing_else() throws IOException {
        delegate.add(step(echoing(CniVersion.V1_1_0, "{}")), POD);

        assertThat(environment())
                .containsExactly(
                        "CNI_ARGS=IP=10.0.0.9;K8S_POD_NAME=web",
                        "CNI_COMMAND=ADD",
                        "CNI_CONTAINERID=cid-1",
                        "CNI_IFNAME=net1",
                        "CNI_NETNS=/run/netns/pod",
                        "CNI_PATH=/opt/cni/bin:/usr/lib/cni",
                        "PATH=" + System.getenv("PATH"));
    }

    @Test
    void add_gets_the_whole_configuration_with_the_previous_result_in_its_version()
            throws IOException {
        delegate.add(step(echoing(CniVersion.V0_4_0, "{}")), POD);

        assertThat(stdin().path("mtu").asInt()).isEqualTo(9);
        assertThat(stdin().at("/prevResult/cniVersion").asText()).isEqualTo("0.4.0");
        assertThat(stdin().at("/prevResult/ips/0/version").asText()).isEqualTo("4");
    }

    @Test
    void add_returns_what_was_printed() throws IOException {
        var attached =
                delegate.add(
                        step(
                                echoing(
                                        CniVersion.V1_0_0,
                                        """
                                        {"cniVersion": "1.0.0",
                                         "ips": [{"address": "10.0.0.2/24", "gateway": "10.0.0.1"}]}
                                        """)),
                        POD);

        assertThat(attached.result()).isEqualTo(RESULT);
    }

    @Test
    void a_result_without_a_version_is_one_of_the_configuration() throws IOException {
        var attached =
                delegate.add(
                        step(
                                echoing(
                                        CniVersion.V0_3_1,
                                        """
                                        {"ips": [{"version": "4", "address": "10.0.0.2/24",
                                                  "gateway": "10.0.0.1"}]}
                                        """)),
                        POD);

        assertThat(attached.result()).isEqualTo(RESULT);
    }

    @Test
    void input_that_fits_no_pipe_reaches_a_plugin_that_talks_first() throws IOException {
        ForeignConfig config =
                config(
                        CniVersion.V1_1_0,
                        "head -c 300000 /dev/zero | tr '\\0' ' '; cat > %s/stdin; echo '{}'"
                                .formatted(directory));
        config.json().put("padding", "x".repeat(300_000));

        delegate.add(step(config), POD);

        assertThat(stdin().path("padding").asText()).hasSize(300_000);
    }

    @Test
    void del_passes_the_remembered_result_and_needs_no_namespace() throws IOException {
        delegate.del(step(echoing(CniVersion.V1_1_0, "")).undone(), Optional.empty());

        assertThat(environment()).contains("CNI_COMMAND=DEL", "CNI_NETNS=");
        assertThat(stdin().at("/prevResult/ips/0/address").asText()).isEqualTo("10.0.0.2/24");
    }

    @Test
    void del_of_an_add_that_never_ended_has_no_previous_result() throws IOException {
        ForeignConfig config = echoing(CniVersion.V1_1_0, "");

        delegate.del(
                new Step<>(config, Optional.empty(), Instant.now().plusSeconds(60)).undone(),
                Optional.of(POD));

        assertThat(environment()).contains("CNI_NETNS=/run/netns/pod");
        assertThat(stdin().has("prevResult")).isFalse();
    }

    @Test
    @DisplayName("row 41: before 0.4.0 a DEL had no prevResult")
    void before_0_4_0_a_del_had_no_previous_result() throws IOException {
        delegate.del(step(echoing(CniVersion.V0_3_1, "")).undone(), Optional.of(POD));

        assertThat(stdin().has("prevResult")).isFalse();
    }

    @Test
    void check_is_left_out_before_0_4_0() throws IOException {
        delegate.check(step(echoing(CniVersion.V0_3_1, "")), POD);
        assertThat(directory.resolve("env")).doesNotExist();

        delegate.check(step(echoing(CniVersion.V0_4_0, "")), POD);
        assertThat(environment()).contains("CNI_COMMAND=CHECK");
    }

    @Test
    void status_and_gc_are_left_out_before_1_1_0() throws IOException {
        NetworkConfig<ForeignConfig> old =
                new NetworkConfig<>("red", echoing(CniVersion.V1_0_0, ""));

        delegate.status(old);
        delegate.gc(old, Set.of());

        assertThat(directory.resolve("env")).doesNotExist();
    }

    @Test
    void status_tells_of_no_container() throws IOException {
        delegate.status(new NetworkConfig<>("red", echoing(CniVersion.V1_1_0, "")));

        assertThat(environment())
                .containsExactly(
                        "CNI_COMMAND=STATUS",
                        "CNI_PATH=/opt/cni/bin:/usr/lib/cni",
                        "PATH=" + System.getenv("PATH"));
    }

    @Test
    void gc_names_the_attachments_of_its_network() throws IOException {
        delegate.gc(
                new NetworkConfig<>("red", echoing(CniVersion.V1_1_0, "")),
                Set.of(
                        new AttachmentId("b", "red", "net1"),
                        new AttachmentId("a", "red", "net1"),
                        new AttachmentId("c", "blue", "net1")));

        JsonNode spared =
                Json.decode(
                        "x",
                        """
                        [{"containerID": "b", "ifname": "net1"}, {"containerID": "a", "ifname": "net1"}]
                        """);
        assertThat(stdin().path("cni.dev/valid-attachments"))
                .containsExactlyInAnyOrderElementsOf(spared);
        assertThat(stdin().path("cni.dev/attachments"))
                .isEqualTo(stdin().path("cni.dev/valid-attachments"));
    }

    @Test
    void of_what_a_successful_add_wrote_to_stderr_the_last_is_kept() throws IOException {
        ForeignConfig config =
                config(
                        CniVersion.V1_1_0,
                        "head -c 9000 /dev/zero | tr '\\0' x >&2; echo 'the end' >&2; echo '{}'");
        delegate.add(step(config), POD);
        delegate.check(step(config), POD);

        assertThat(config.complaints().all())
                .singleElement()
                .satisfies(complaint -> {
                    assertThat(complaint.text()).startsWith("x").endsWith("xthe end");
                    assertThat(complaint.text()).hasSizeLessThan(4097);
                });
    }

    @Test
    void a_binary_that_is_still_being_written_is_tried_again() throws Exception {
        ForeignConfig config = echoing(CniVersion.V1_1_0, "{}");
        CompletableFuture<CniResult> added;
        // Linux answers ETXTBSY to execve(2) for as long as anybody has the file open for writing.
        try (var held = Files.newOutputStream(config.binary(), StandardOpenOption.APPEND)) {
            added = CompletableFuture.supplyAsync(() -> delegate.add(step(config), POD).result());
            assertThatThrownBy(() -> added.get(50, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            held.flush();
        }

        assertThat(added.get(60, TimeUnit.SECONDS)).isEqualTo(CniResult.EMPTY);
    }

    @Test
    void a_binary_that_cannot_be_started_is_named() throws IOException {
        ForeignConfig config = config(CniVersion.V1_1_0, "");
        Files.delete(config.binary());

        assertThatThrownBy(() -> delegate.add(step(config), POD))
                .hasMessageContaining("plugin tested (" + config.binary() + ") cannot be started");
    }
}
