package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.device.KubeletPaths;
import io.patchbay.meta.kube.KubernetesSettings;
import io.patchbay.meta.kube.LabelSelector;
import io.patchbay.meta.kube.LabelSelector.Operator;
import io.patchbay.meta.kube.LabelSelector.Requirement;
import io.patchbay.meta.kube.SelectionRules;
import io.patchbay.meta.kube.SelectionRules.NamespaceNetworks;
import io.patchbay.meta.plan.NetworkSelection;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path DISTRIBUTED = Path.of("src/main/dist/patchbay.yaml");

    private static Settings decode(String text) {
        return SettingsFile.decode("patchbay.yaml", text);
    }

    private static List<String> problems(String text) {
        try {
            decode(text);
            throw new AssertionError("nothing was wrong");
        } catch (InvalidSettings e) {
            return e.problems();
        }
    }

    @Test
    void everyKeyHasADefault() {
        assertThat(decode("")).isEqualTo(Settings.DEFAULT);
        assertThat(decode("# nothing\n")).isEqualTo(Settings.DEFAULT);
        assertThat(decode("{}")).isEqualTo(Settings.DEFAULT);
    }

    private static void assertMentions(String text, String key) {
        assertThat(text).containsPattern("(?m)^" + key + ":");
    }

    @Test
    void theDistributedExampleOfPoolsIsRightWithoutTheMarksOfAComment() throws IOException {
        String text = Files.readString(DISTRIBUTED);
        String example =
                text.substring(text.indexOf("\n#devicePlugin:\n"))
                        .lines()
                        .skip(1)
                        .takeWhile(line -> line.startsWith("#"))
                        .map(line -> line.substring(1) + "\n")
                        .collect(Collectors.joining());

        assertThat(decode(example).devicePlugin()).isPresent();
    }

    @Test
    void whatIsWrongWithPoolsIsToldByValidateBeTheyHereOrInTheirOwnFile(@TempDir Path directory)
            throws IOException {
        Path pools =
                Files.writeString(
                        directory.resolve("pools.json"),
                        "{\"resourceList\": [{\"resourceName\": \"a\", \"selectors\": {\"vendor\": []}}]}");
        Path settings =
                Files.writeString(
                        directory.resolve("patchbay.yaml"),
                        "devicePlugin: {configFile: %s}".formatted(pools));
        Path own =
                Files.writeString(
                        directory.resolve("own.yaml"),
                        "devicePlugin: {resourceList: [{resourceName: a, selectors: {pfNames: [7]}}]}");

        assertThat(Validation.of(List.of(settings, own)))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .contains(
                                                pools
                                                        + ", key \"resourceList[0].selectors.vendor\""),
                        two ->
                                assertThat(two)
                                        .contains(
                                                own
                                                        + ", key \"devicePlugin.resourceList[0].selectors.pfNames[0]\""));
    }

    @Test
    void theDistributedFileMentionsEveryKeyAndSaysTheDefaults() throws IOException {
        String text = Files.readString(DISTRIBUTED);
        List<String> selection =
                List.of(
                        "defaultNetworks",
                        "systemNamespaces",
                        "namespaceNetworks",
                        "networkNamespace",
                        "namespaceIsolation",
                        "sharedNamespaces");
        assertThat(selection).hasSameSizeAs(SelectionRules.class.getRecordComponents());
        assertThat(selection).allSatisfy(key -> assertMentions(text, key));
        for (RecordComponent component : Settings.class.getRecordComponents()) {
            if (component.getType() != SelectionRules.class) {
                assertMentions(text, component.getName());
            }
        }
        assertThat(decode(text)).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void everyKeyCounts() {
        Settings settings =
                decode(
                        """
                        socket: /a/sock
                        state: /a/state
                        threads: 4
                        deadline: 1500ms
                        manifests: /a/manifests
                        kubelet: {podResources: /a/kubelet.sock, devicePlugins: /a/device-plugins}
                        deviceInfoDirectory: /a/devinfo
                        cniConfigDirectory: /a/net.d
                        cniConfigName: 10-x.conflist
                        pluginPath: [/a/bin]
                        delegatePath: [/a/delegates]
                        defaultNetwork:
                          name: main
                          plugins: [{type: bridge}, {type: tuning}]
                        defaultNetworks: [core/signalling]
                        systemNamespaces: []
                        namespaceNetworks:
                          - selector:
                              matchLabels: {team: ran}
                              matchExpressions: [{key: tier, operator: In, values: [gold]}]
                            networks: [infra/oam]
                        networkNamespace: infra
                        namespaceIsolation: true
                        sharedNamespaces: [infra, default]
                        networkConfigDirectory: /a/networks
                        unknownKeys: warn
                        delegates: {vpc: {warm: 3}, sriov: }
                        multus: {cache: /a/multus}
                        metrics: {listen: "127.0.0.1:9476"}
                        devicePlugin: {configFile: /a/pools.json, root: /a/machine, cdi: true}
                        """);
        assertThat(settings.socket()).isEqualTo(Path.of("/a/sock"));
        assertThat(settings.state()).isEqualTo(Path.of("/a/state"));
        assertThat(settings.multus().cache()).isEqualTo(Path.of("/a/multus"));
        assertThat(settings.metrics().listen())
                .contains(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9476));
        assertThat(settings.devicePlugin())
                .hasValueSatisfying(plugin -> {
                    assertThat(plugin.root()).contains(Path.of("/a/machine"));
                    assertThat(plugin.linkHealth()).isFalse();
                    assertThat(plugin.cdi()).contains(Path.of("/var/run/cdi"));
                });
        assertThat(settings.threads()).isEqualTo(4);
        assertThat(settings.deadline()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.manifests()).isEqualTo(Path.of("/a/manifests"));
        assertThat(settings.kubelet())
                .isEqualTo(
                        new KubeletPaths(
                                Path.of("/a/kubelet.sock"),
                                KubeletPaths.DEFAULT.checkpoint(),
                                Path.of("/a/device-plugins")));
        assertThat(settings.deviceInfoDirectory()).isEqualTo(Path.of("/a/devinfo"));
        assertThat(settings.cniConfigDirectory()).isEqualTo(Path.of("/a/net.d"));
        assertThat(settings.cniConfigName()).isEqualTo("10-x.conflist");
        assertThat(settings.pluginPath()).containsExactly(Path.of("/a/bin"));
        assertThat(settings.delegatePath()).containsExactly(Path.of("/a/delegates"));
        assertThat(settings.defaultNetwork().name()).isEqualTo("main");
        assertThat(settings.defaultNetwork().plugins())
                .map(plugin -> plugin.type())
                .containsExactly("bridge", "tuning");
        assertThat(settings.selection())
                .isEqualTo(
                        new SelectionRules(
                                List.of(NetworkSelection.of("core", "signalling")),
                                Set.of(),
                                List.of(
                                        new NamespaceNetworks(
                                                new LabelSelector(
                                                        Map.of("team", "ran"),
                                                        List.of(
                                                                new Requirement(
                                                                        "tier",
                                                                        Operator.IN,
                                                                        Set.of("gold")))),
                                                List.of(NetworkSelection.of("infra", "oam")))),
                                "infra",
                                true,
                                Set.of("infra", "default")));
        assertThat(settings.networkConfigDirectory()).isEqualTo(Path.of("/a/networks"));
        assertThat(settings.unknownKeys()).isNotSameAs(UnknownKeys.REFUSED);
        assertThat(settings.delegates()).containsOnlyKeys("vpc", "sriov");
        assertThat(settings.delegates().get("vpc")).hasToString("{\"warm\":3}");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        List<String> problems =
                problems(
                        """
                        sokcet: /run/x
                        state: relative
                        threads: 0
                        deadline: soon
                        manifests: 5
                        kubelet: {checkpoint: here}
                        cniConfigName: ../x.conf
                        pluginPath: /opt/cni/bin
                        defaultNetwork: {mtu: 9000}
                        defaultNetworks: [signalling]
                        systemNamespaces: [Kube_System]
                        namespaceNetworks: [{selector: {matchExpressions: [{key: a, operator: Is}]}}]
                        namespaceIsolation: "yes"
                        unknownKeys: ignore
                        delegates: {vpc: fast}
                        wholly: unknown
                        """);
        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).contains("\"sokcet\"", "did you mean \"socket\"?"),
                        it -> assertThat(it).contains("\"state\"", "\"relative\" is no absolute"),
                        it -> assertThat(it).contains("\"threads\"", "it is 1 to 256"),
                        it -> assertThat(it).contains("\"deadline\"", "\"soon\" is no duration"),
                        it -> assertThat(it).contains("\"manifests\"", "a string is expected"),
                        it -> assertThat(it).contains("\"kubelet.checkpoint\"", "no absolute"),
                        it -> assertThat(it).contains("\"cniConfigName\"", ".conflist"),
                        it -> assertThat(it).contains("\"pluginPath\"", "a list is expected"),
                        it -> assertThat(it).contains("\"defaultNetwork\"", "\"type\""),
                        it -> assertThat(it).contains("\"defaultNetworks\"", "NAMESPACE/NAME"),
                        it -> assertThat(it).contains("\"systemNamespaces\"", "\"Kube_System\""),
                        it ->
                                assertThat(it)
                                        .contains(
                                                "\"namespaceNetworks[0].selector.matchExpressions[0].operator\"",
                                                "use one of In, NotIn"),
                        it -> assertThat(it).contains("\"namespaceIsolation\"", "true or false"),
                        it -> assertThat(it).contains("\"unknownKeys\"", "nor \"warn\""),
                        it -> assertThat(it).contains("\"delegates.vpc\"", "an object is expected"),
                        it -> assertThat(it).contains("\"wholly\"", "use one of cniConfig"));
        assertThat(problems).allSatisfy(it -> assertThat(it).startsWith("patchbay.yaml, key "));
    }

    @Test
    void aClusterIsNamedOrTakenFromWhereAPodFindsIt() {
        assertThat(decode("kubernetes: {}").kubernetes()).isEmpty();
        assertThat(decode("kubernetes: {inCluster: false}").kubernetes()).isEmpty();
        assertThat(decode("kubernetes: {inCluster: true}").kubernetes())
                .contains(
                        new KubernetesSettings(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(
                        decode(
                                        """
                                        kubernetes:
                                          server: https://10.0.0.1:6443
                                          certificateAuthority: /a/ca.crt
                                          token: /a/token
                                          node: worker-1.example
                                        """)
                                .kubernetes())
                .contains(
                        new KubernetesSettings(
                                Optional.of(URI.create("https://10.0.0.1:6443")),
                                Optional.of(Path.of("/a/ca.crt")),
                                Optional.of(Path.of("/a/token")),
                                Optional.of("worker-1.example")));
    }

    @Test
    void allThatIsWrongWithAClusterIsToldAtOnce() {
        assertThat(
                        problems(
                                """
                                threads: 0
                                kubernetes:
                                  inCluster: false
                                  sever: https://10.0.0.1
                                  server: 10.0.0.1:6443
                                  token: token
                                  node: Worker
                                """))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).contains("\"threads\""),
                        it -> assertThat(it).contains("\"kubernetes.inCluster\"", "remove it or"),
                        it -> assertThat(it).contains("\"kubernetes.sever\"", "\"server\"?"),
                        it -> assertThat(it).contains("\"kubernetes.server\"", "https://HOST:PORT"),
                        it -> assertThat(it).contains("\"kubernetes.token\"", "no absolute path"),
                        it -> assertThat(it).contains("\"kubernetes.node\"", "no name of a node"));
    }

    @Test
    void whatIsNoYamlIsToldWithItsLine() {
        assertThat(problems("threads: 4\nsocket: [\n")).hasSize(1);
        assertThat(problems("threads: 4\nsocket: [\n").getFirst())
                .startsWith("patchbay.yaml, line ");
        assertThat(problems("threads: 4\nthreads: 5\n").getFirst()).contains("line 2", "threads");
        assertThat(problems("- a\n").getFirst()).contains("an object is expected");
    }

    @Test
    void whereMetricsAreServedIsAnAddressAndAPort() {
        assertThat(decode("metrics: {}").metrics().listen()).isEmpty();
        assertThat(decode("metrics: {listen: \"[::1]:65535\"}").metrics().listen())
                .contains(new InetSocketAddress(InetAddress.ofLiteral("::1"), 65535));
        assertThat(problems("metrics: {lissen: \"127.0.0.1:1\"}").getFirst())
                .contains("\"metrics.lissen\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9476",
                ":9476",
                "localhost:9476",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.256:1",
                "::1:9476",
                "[127.0.0.1:1",
                "[fe80::g]:1",
                "[::1]"
            })
    void whatIsNoAddressAndPortIsRefusedInASentence(String listen) {
        assertThat(problems("metrics: {listen: \"%s\"}".formatted(listen)))
                .singleElement()
                .asString()
                .startsWith("patchbay.yaml, key \"metrics.listen\"")
                .contains("\"" + listen + "\" is no address and port", "127.0.0.1:9476");
    }

    @Test
    void aDurationHasBounds() {
        assertThat(decode("deadline: 2m").deadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(problems("deadline: 99ms").getFirst()).contains("100ms to 60m");
        assertThat(problems("deadline: 61m").getFirst()).contains("100ms to 60m");
    }

    @Test
    void theEnvironmentOverridesThePlacesThatThePluginBinarySharesWithUs(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("p.yaml"), "socket: /a\nstate: /b\n");
        Settings settings =
                SettingsFile.read(
                        Optional.of(file),
                        Map.of("PATCHBAY_SOCKET", "/c/sock", "PATCHBAY_STATE", ""));
        assertThat(settings.socket()).isEqualTo(Path.of("/c/sock"));
        assertThat(settings.state()).isEqualTo(Path.of("/b"));
    }

    @Test
    void aFileThatIsNamedMustBeThere() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(
                        () -> SettingsFile.read(Optional.of(Path.of("/nowhere.yaml")), Map.of()))
                .withMessageContaining("/nowhere.yaml cannot be read");
    }
}
