package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.device.AllocatedDevices;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.kube.LabelSelector.Operator;
import io.patchbay.meta.kube.LabelSelector.Requirement;
import io.patchbay.meta.kube.PodNetworks.Chosen;
import io.patchbay.meta.kube.SelectionRules.NamespaceNetworks;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionRulesTest {
    private static final String NETWORK =
            """
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {namespace: %s, name: %s, annotations: {%s}}
            spec: {config: '{"cniVersion": "1.1.0", "type": "bridge"}'}
            """;

    @TempDir Path directory;
    private ManifestDirectory view;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(
                directory.resolve("networks.yaml"),
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: core, labels: {team: ran, tier: gold}}
                """
                        + NETWORK.formatted("core", "own", "")
                        + NETWORK.formatted("other", "foreign", "")
                        + NETWORK.formatted(
                                "other", "lent", "patchbay.io/allowed-namespaces: 'test, core'")
                        + NETWORK.formatted("other", "shut", "patchbay.io/allowed-namespaces: ''")
                        + NETWORK.formatted("other", "open", "patchbay.io/allowed-namespaces: '*'")
                        + NETWORK.formatted("default", "shared", "")
                        + NETWORK.formatted("infra", "oam", ""));
        view = ManifestDirectory.open(directory);
    }

    @AfterEach
    void close() {
        view.close();
    }

    private Chosen choose(SelectionRules rules, String namespace, String annotations) {
        try {
            Files.writeString(
                    directory.resolve("pod.yaml"),
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: p, namespace: %s, annotations: {%s}}
                    """
                            .formatted(namespace, annotations));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new PodNetworks(
                        view,
                        NetworkConfigDecoder.decode(
                                "test", "{\"cniVersion\": \"1.1.0\", \"type\": \"vpc\"}", "vpc"),
                        rules,
                        new NetworkConfigDirectory(directory.resolve("net.d")),
                        new AssignedDevices(_ -> AllocatedDevices.of(Map.of())))
                .choose(Map.of("K8S_POD_NAMESPACE", namespace, "K8S_POD_NAME", "p"));
    }

    private static SelectionRules rules(boolean isolation, NamespaceNetworks... byNamespace) {
        return new SelectionRules(
                List.of(NetworkSelection.of("infra", "oam")),
                Set.of("kube-system"),
                List.of(byNamespace),
                "infra",
                isolation,
                Set.of("default"));
    }

    private static String networks(String text) {
        return "k8s.v1.cni.cncf.io/networks: '%s'".formatted(text);
    }

    private static String instead(String text) {
        return "v1.multus-cni.io/default-network: '%s'".formatted(text);
    }

    private void assertRefused(SelectionRules rules, String annotations, String... words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> choose(rules, "core", annotations))
                .matches(refusal -> refusal.code() == Standard.INVALID_NETWORK_CONFIG)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    private static List<String> titles(Chosen chosen) {
        return chosen.further().stream().map(SelectedNetwork::title).toList();
    }

    @Test
    void pods_of_system_namespaces_do_without_what_every_pod_gets() {
        assertThat(titles(choose(rules(false), "core", ""))).containsExactly("infra/oam");
        assertThat(titles(choose(rules(false), "kube-system", ""))).isEmpty();
    }

    @Test
    void a_namespace_gets_what_its_labels_select_between_everybodys_and_the_pods_own() {
        var gold =
                new NamespaceNetworks(
                        new LabelSelector(Map.of("team", "ran"), List.of()),
                        List.of(NetworkSelection.of("other", "foreign")));

        assertThat(titles(choose(rules(true, gold), "core", networks("own"))))
                .containsExactly("infra/oam", "other/foreign", "core/own");
        assertThat(titles(choose(rules(true, gold), "unlabelled", "")))
                .containsExactly("infra/oam");
    }

    @Test
    void the_default_network_is_another_where_the_pod_says_so() {
        Chosen chosen = choose(rules(false), "core", instead("oam"));

        assertThat(chosen.defaultNetwork().title()).isEqualTo("infra/oam");
        assertThat(choose(rules(false), "core", instead("other/foreign")).defaultNetwork().title())
                .isEqualTo("other/foreign");
        assertRefused(
                rules(false),
                instead("oam, other/foreign"),
                "annotation v1.multus-cni.io/default-network",
                "2 networks");
        assertRefused(rules(false), instead("nowhere"), "network infra/nowhere", "is unknown");
    }

    @Test
    void isolation_holds_on_every_path() {
        assertThat(titles(choose(rules(false), "core", networks("other/foreign"))))
                .endsWith("other/foreign");

        assertRefused(
                rules(true),
                networks("own, other/foreign"),
                "annotation k8s.v1.cni.cncf.io/networks of pod core/p",
                "network other/foreign",
                "namespaceIsolation",
                "core or of default");
        assertRefused(
                rules(true),
                instead("other/foreign"),
                "annotation v1.multus-cni.io/default-network of pod core/p");
        assertRefused(rules(true), instead("oam"), "network infra/oam");
        assertThat(titles(choose(rules(true), "core", networks("own, default/shared"))))
                .containsExactly("infra/oam", "core/own", "default/shared");
    }

    @Test
    void a_network_says_itself_which_namespaces_may_select_it() {
        for (boolean isolation : List.of(true, false)) {
            assertThat(titles(choose(rules(isolation), "core", networks("other/lent, other/open"))))
                    .endsWith("other/lent", "other/open");
            assertRefused(
                    rules(isolation),
                    networks("other/shut"),
                    "network other/shut",
                    "patchbay.io/allowed-namespaces",
                    "namespace core");
        }
        assertThat(titles(choose(rules(true), "other", networks("shut")))).endsWith("other/shut");
    }

    @Test
    void a_selector_takes_what_kubernetes_would() {
        Map<String, String> labels = Map.of("team", "ran", "tier", "gold");

        assertThat(new LabelSelector(Map.of(), List.of()).matches(Map.of())).isTrue();
        assertThat(new LabelSelector(Map.of("team", "ran"), List.of()).matches(labels)).isTrue();
        assertThat(new LabelSelector(Map.of("team", "core"), List.of()).matches(labels)).isFalse();
        assertThat(matches(labels, "tier", Operator.IN, "gold", "silver")).isTrue();
        assertThat(matches(labels, "tier", Operator.IN, "silver")).isFalse();
        assertThat(matches(labels, "zone", Operator.IN, "a")).isFalse();
        assertThat(matches(labels, "tier", Operator.NOT_IN, "gold")).isFalse();
        assertThat(matches(labels, "zone", Operator.NOT_IN, "a")).isTrue();
        assertThat(matches(labels, "tier", Operator.EXISTS)).isTrue();
        assertThat(matches(labels, "zone", Operator.EXISTS)).isFalse();
        assertThat(matches(labels, "zone", Operator.DOES_NOT_EXIST)).isTrue();
        assertThat(matches(labels, "tier", Operator.DOES_NOT_EXIST)).isFalse();
    }

    private static boolean matches(
            Map<String, String> labels, String key, Operator operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, Set.of(values))))
                .matches(labels);
    }
}
