package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.device.AllocatedDevices;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
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

class PodNetworksTest {
    private static final String MANIFESTS =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              {name: amf-0, namespace: core, uid: u1,
               annotations: {k8s.v1.cni.cncf.io/networks: "signalling, other/media@net7"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              {name: lost, namespace: core,
               annotations: {k8s.v1.cni.cncf.io/networks: nowhere}}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              {name: wrong, namespace: core,
               annotations: {k8s.v1.cni.cncf.io/networks: "a@b@c"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              {name: static, namespace: core, uid: hash,
               annotations: {kubernetes.io/config.source: file}}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: signalling, namespace: core}
            spec: {config: '{"cniVersion": "1.1.0", "type": "bridge"}'}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: media, namespace: other}
            spec: {config: '{"cniVersion": "1.0.0", "name": "own", "type": "macvlan"}'}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              {name: fast, namespace: core, uid: u4,
               annotations: {k8s.v1.cni.cncf.io/networks: "other/vf, signalling, other/vf"}}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata:
              {name: vf, namespace: other,
               annotations: {k8s.v1.cni.cncf.io/resourceName: intel.com/vf}}
            spec: {config: '{"cniVersion": "1.0.0", "type": "sriov"}'}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: empty, namespace: other}
            """;

    @TempDir Path directory;
    private ManifestDirectory view;
    private Map<String, List<DeviceId>> devices = Map.of();

    @BeforeEach
    void open() throws IOException {
        Files.writeString(directory.resolve("all.yaml"), MANIFESTS);
        view = ManifestDirectory.open(directory);
    }

    @AfterEach
    void close() {
        view.close();
    }

    private PodNetworks networks(NetworkSelection... everyPods) {
        return networks(
                new SelectionRules(
                        List.of(everyPods),
                        Set.of("kube-system"),
                        List.of(),
                        "infra",
                        false,
                        Set.of()));
    }

    private PodNetworks networks(SelectionRules rules) {
        return new PodNetworks(
                view,
                NetworkConfigDecoder.decode(
                        "test", "{\"cniVersion\": \"1.1.0\", \"type\": \"vpc\"}", "vpc"),
                rules,
                new NetworkConfigDirectory(directory.resolve("net.d")),
                new AssignedDevices(_ -> AllocatedDevices.of(devices)));
    }

    private static Map<String, String> pod(String name) {
        return Map.of("K8S_POD_NAMESPACE", "core", "K8S_POD_NAME", name);
    }

    private static Map<String, String> pod(String name, String uid) {
        return Map.of("K8S_POD_NAMESPACE", "core", "K8S_POD_NAME", name, "K8S_POD_UID", uid);
    }

    private static void assertRefused(
            Standard code, PodNetworks networks, Map<String, String> args, String... words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> networks.choose(args))
                .matches(refusal -> refusal.code() == code)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void aPodGetsTheDefaultNetworkEverybodysAndItsOwnInThatOrder() {
        PodNetworks.Chosen chosen =
                networks(NetworkSelection.of("other", "media")).choose(pod("amf-0"));
        assertThat(chosen.pod().toString()).isEqualTo("core/amf-0");
        assertThat(chosen.pod().uid()).isEqualTo("u1");
        assertThat(chosen.defaultNetwork().title()).isEqualTo("vpc");
        assertThat(chosen.further())
                .map(SelectedNetwork::title)
                .containsExactly("other/media", "core/signalling", "other/media");
        assertThat(chosen.further().getLast().selection().ifName()).contains("net7");
        assertThat(chosen.further())
                .map(network -> network.network().name())
                .containsExactly("own", "signalling", "own");
    }

    @Test
    void whoNamesNoPodGetsWhatEverybodyGets() {
        PodNetworks.Chosen chosen =
                networks(NetworkSelection.of("core", "signalling"))
                        .choose(Map.of("IgnoreUnknown", "1"));
        assertThat(chosen.pod()).isEqualTo(PodNetworks.NOBODY);
        assertThat(chosen.further()).hasSize(1);
    }

    @Test
    void halfAPodIsRefused() {
        assertRefused(
                Standard.INVALID_ENVIRONMENT,
                networks(),
                Map.of("K8S_POD_NAME", "amf-0"),
                "K8S_POD_NAMESPACE \"\"");
    }

    @Test
    void aPodThatIsNotKnownIsToBeTriedAgain() {
        assertRefused(
                Standard.TRY_AGAIN_LATER,
                networks(),
                pod("absent"),
                "pod core/absent",
                "the manifests in " + directory);
    }

    @Test
    void aPodOfAnotherUidIsToBeTriedAgainUnlessItIsStatic() {
        assertRefused(
                Standard.TRY_AGAIN_LATER, networks(), pod("amf-0", "u2"), "\"u2\", but \"u1\"");
        assertThat(networks().choose(pod("static", "u3")).pod().uid()).isEqualTo("u3");
    }

    @Test
    void anUnknownNetworkIsNamedWithWhoWantsItAndWhereItWasLookedFor() {
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                networks(),
                pod("lost"),
                "network core/nowhere",
                "annotation k8s.v1.cni.cncf.io/networks of pod core/lost",
                "the manifests in " + directory);
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                networks(NetworkSelection.of("a", "b")),
                Map.of(),
                "network a/b",
                "\"defaultNetworks\"");
    }

    @Test
    void aWrongAnnotationNamesThePod() {
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                networks(),
                pod("wrong"),
                "pod core/wrong",
                "a@b@c");
    }

    @Test
    void aNetworkWithoutConfigurationIsRefusedAndLeftOutOfAll() {
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                networks(NetworkSelection.of("other", "empty")),
                Map.of(),
                "other/empty",
                "\"spec.config\"");
        assertThat(networks().all())
                .map(SelectedNetwork::title)
                .containsExactly("vpc", "core/signalling", "other/media", "other/vf");
    }

    @Test
    void aNetworkThatAResourceBacksComesWithADeviceOfThePod() {
        devices = Map.of("intel.com/vf", List.of(new DeviceId("vf2"), new DeviceId("vf0")));
        assertThat(networks().choose(pod("fast")).further())
                .map(network -> network.selection().device().map(DeviceId::value).orElse("-"))
                .containsExactly("vf2", "-", "vf0");
    }

    @Test
    void aPodWithoutADeviceForItIsRefused() {
        devices = Map.of("intel.com/vf", List.of(new DeviceId("vf2")));
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                networks(),
                pod("fast"),
                "network other/vf",
                "resource intel.com/vf",
                "pod core/fast has 1 of it");
    }
}
