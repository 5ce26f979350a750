package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir Path directory;

    private String write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text).toString();
    }

    @Test
    void helpNamesTheCommandsAndTheVariables() {
        CommandRun help = CommandRun.of("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains(
                        "daemon",
                        "validate",
                        "explain",
                        "status",
                        "conformance",
                        "cloud",
                        "selftest",
                        "PATCHBAY_SOCKET",
                        "PATCHBAY_LOG");
        assertThat(CommandRun.of("daemon", "--help").out()).contains("--config", "patchbay.yaml");
        assertThat(CommandRun.of("--version").out()).startsWith("patchbay ");
    }

    @Test
    void aCommandOfAnotherModuleReadsItsOwnArguments() {
        CommandRun help = CommandRun.of("conformance", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: patchbay conformance", "--plugin=BIN");
        CommandRun misused = CommandRun.of("conformance", "--conf", "/nowhere");
        assertThat(misused.status()).isEqualTo(2);
        assertThat(misused.err()).contains("--plugin=BIN");
    }

    @Test
    void theHelpOfTheSelftestTellsWhatItsEndMeans() {
        assertThat(CommandRun.of("selftest", "--help").out())
                .contains("--network", "--skip", "--ip", "--json", "as root")
                .containsPattern("0 +PASSED")
                .containsPattern("1 +PASSED WITH ISSUES")
                .containsPattern("2 +FAILED");
    }

    @Test
    void nothingAndNonsenseShowTheUsage() {
        assertThat(CommandRun.of().status()).isEqualTo(2);
        assertThat(CommandRun.of().err()).contains("Usage: patchbay", "validate");
        CommandRun wrong = CommandRun.of("demon");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("demon", "daemon");
    }

    @Test
    void aDaemonWithAWrongConfigurationSaysAllThatIsWrongAndEnds() throws IOException {
        CommandRun output =
                CommandRun.of("daemon", "--config", write("p.yaml", "threads: x\nsocket: y\n"));
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.err()).startsWith("patchbay: ").contains("\"threads\"", "\"socket\"");
        assertThat(output.err()).doesNotContain("Exception");
    }

    @Test
    void whatIsFineIsValid() throws IOException {
        String pods =
                write(
                        "pods.yaml",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: a, annotations: {k8s.v1.cni.cncf.io/networks: b}}
                        """);
        CommandRun output = CommandRun.of("validate", pods, write("patchbay.yaml", "threads: 4\n"));
        assertThat(output).isEqualTo(new CommandRun(0, "the files are fine\n", ""));
    }

    private String withJar(String more) throws IOException {
        DelegateSource.of("hello")
                .with("config", "Optional<String> greeting")
                .jar()
                .write(directory.resolve("delegates/hello.jar"));
        return write(
                "p.yaml",
                """
                manifests: %1$s/m
                delegatePath: [%1$s/delegates]
                defaultNetwork: {type: hello, %2$s}
                """
                        .formatted(directory, more));
    }

    @Test
    void theKeysOfAThirdPartysDelegateAreChecked() throws IOException {
        assertThat(CommandRun.of("validate", withJar("greeting: hi")).status()).isZero();

        CommandRun output = CommandRun.of("validate", withJar("greting: hi"));
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.out()).contains("\"greting\"", "did you mean \"greeting\"?");
    }

    @Test
    void aThirdPartysDelegateIsExplainedAsOneInProcess() throws IOException {
        String config = withJar("greeting: hi");
        Files.createDirectories(directory.resolve("m"));
        String pods = write("pods.yaml", pod("amf-0", ""));

        CommandRun output = CommandRun.of("explain", "--config", config, pods);

        assertThat(output.out()).containsPattern("eth0 +hello +- +hello +in process");
    }

    @Test
    void everyProblemOfEveryFileIsNamed() throws IOException {
        String settings = write("patchbay.yaml", "threads: 400\ndelegates: {nobody: {}}\nx: 1\n");
        String manifests =
                write(
                        "manifests.yaml",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: a, annotations: {k8s.v1.cni.cncf.io/networks: "a@b@c"}}
                        ---
                        apiVersion: v1
                        kind: Pod
                        ---
                        apiVersion: k8s.cni.cncf.io/v1
                        kind: NetworkAttachmentDefinition
                        metadata: {name: n, annotations: }
                        spec: {config: '{"cniVersion": "1.1.0"}'}
                        ---
                        apiVersion: k8s.cni.cncf.io/v1
                        kind: NetworkAttachmentDefinition
                        metadata: {name: m}
                        spec: {config: '{"cniVersion": "9"'}
                        """);
        CommandRun output = CommandRun.of("validate", settings, manifests, "/nowhere");
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.out().lines())
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).startsWith(settings).contains("\"threads\""),
                        it -> assertThat(it).startsWith(settings).contains("\"x\""),
                        it -> assertThat(it).startsWith(settings).contains("delegates.nobody"),
                        it -> assertThat(it).startsWith(manifests).contains("\"metadata\""),
                        it -> assertThat(it).startsWith(manifests).contains("a@b@c"),
                        it ->
                                assertThat(it)
                                        .startsWith(manifests)
                                        .contains("default/n", "\"type\""),
                        it -> assertThat(it).startsWith(manifests).contains("default/m", "no JSON"),
                        it -> assertThat(it).startsWith("/nowhere cannot be read"));
    }

    @Test
    void everyProblemOfADelegatesOwnSectionIsNamed() throws IOException {
        String settings =
                write(
                        "patchbay.yaml",
                        """
                        delegates:
                          vpcs: {}
                          bridge: {mtu: 9000}
                          vpc: {imd: "http://127.0.0.1:1", mtu: large, cooldownSeconds: 4000}
                        """);
        CommandRun output = CommandRun.of("validate", settings);
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.out().lines())
                .allMatch(it -> it.startsWith(settings + ", section \"delegates."))
                .satisfiesExactlyInAnyOrder(
                        it ->
                                assertThat(it)
                                        .contains("delegates.vpcs\": there is no such delegate")
                                        .contains("did you mean \"vpc\"?"),
                        it -> assertThat(it).contains("delegates.bridge\"", "has no settings"),
                        it -> assertThat(it).contains("\"imd\"", "did you mean \"imds\"?"),
                        it -> assertThat(it).contains("\"mtu\"", "whole number", "\"large\""),
                        it -> assertThat(it).contains("\"cooldownSeconds\" is 4000"));
        assertThat(
                        CommandRun.of(
                                "validate",
                                write("p.yaml", "delegates: {vpc: {mtu: 9001}, bridge: {}}\n")))
                .isEqualTo(new CommandRun(0, "the file is fine\n", ""));
    }

    @Test
    void theStatusShowsWhoIsPluggedWhere() throws IOException {
        String config = write("p.yaml", "state: " + directory.resolve("state") + "\n");
        CommandRun early = CommandRun.of("status", "--config", config);
        assertThat(early.status()).isEqualTo(1);
        assertThat(early.err())
                .startsWith("patchbay: there is no state directory " + directory)
                .contains("PATCHBAY_STATE");
        try (Node node = new Node(directory)) {
            node.pod("amf-0", "side", "");
            node.call("ADD", "c1", "amf-0");
            CommandRun output = CommandRun.of("status", "--config", config);
            assertThat(output.status()).isZero();
            assertThat(output.out())
                    .isEqualTo(
                            """
                            POD         CONTAINER  INTERFACE  NETWORK    TYPE   ADDRESSES    STATE     PARENT  MAC  MTU  LINK  ROUTES
                            core/amf-0  c1         eth0       main       paper  10.0.0.5/24  attached  -       -    -    -     -
                            core/amf-0  c1         net1       core/side  paper  -            attached  -       -    -    -     -
                            core/amf-0: the namespace /run/netns/c1 is gone
                            """);
        }
    }

    @Test
    void aStateThatCannotBeUsedIsToldInASentence() throws IOException {
        String state = write("state", "a file");
        String config = write("p.yaml", "state: " + state + "\n");

        CommandRun status = CommandRun.of("status", "--config", config);
        CommandRun daemon = CommandRun.of("daemon", "--config", config);

        assertThat(status.status()).isEqualTo(1);
        assertThat(status.err()).isEqualTo("patchbay: " + state + "/sandboxes is no directory\n");
        assertThat(daemon.status()).isEqualTo(1);
        assertThat(daemon.err())
                .isEqualTo(
                        "patchbay: the state directory %1$s cannot be locked: %1$s is there already, and is no directory\n"
                                .formatted(state));
    }

    @Test
    void aPlanIsExplainedWithoutEffect() throws IOException {
        write(
                "m/networks.yaml",
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: side, namespace: core}
                spec:
                  config: |
                    {"cniVersion": "1.0.0", "plugins": [
                      {"type": "macvlan", "master": "eth1", "capabilities": {"ips": true},
                       "ipam": {"type": "static"}},
                      {"type": "true"}]}
                """);
        String config =
                write(
                        "p.yaml",
                        """
                        manifests: %s/m
                        pluginPath: [/bin]
                        defaultNetwork: {type: bridge, ipam: {type: host-local, subnet: 10.0.0.0/24}}
                        """
                                .formatted(directory));
        String pods =
                write(
                        "pods.yaml",
                        pod(
                                        "amf-0",
                                        "[{\"name\": \"side\", \"ips\": [\"10.1.0.5/24\"],"
                                                + " \"default-route\": [\"10.1.0.1\"]}]")
                                + "---\n"
                                + pod("lost", "nowhere"));

        CommandRun output = CommandRun.of("explain", "--config", config, pods);

        assertThat(output.status()).isEqualTo(1);
        assertThat(output.out().lines().map(String::strip))
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo("pod core/amf-0"),
                        it -> assertThat(it).startsWith("INTERFACE  NETWORK    DEFAULT ROUTE"),
                        it -> assertThat(it).matches("eth0 +bridge +- +bridge +in process +\\{.*"),
                        it ->
                                assertThat(it)
                                        .startsWith("net1       core/side  via 10.1.0.1")
                                        .contains("macvlan  in process", "10.1.0.5/24"),
                        it -> assertThat(it).matches("true +/bin/true +\\{.*"),
                        it ->
                                assertThat(it)
                                        .startsWith("pod core/lost is refused with 7: network")
                                        .contains("core/nowhere"));
        assertThat(directory.resolve("m")).isDirectoryNotContaining("glob:**status");
    }

    private static String pod(String name, String networks) {
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: core, annotations: {k8s.v1.cni.cncf.io/networks: '%s'}}
        """
                .formatted(name, networks);
    }
}
