package io.patchbay.meta.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.patchbay.meta.kubelet.PodResourcesV1.ContainerDevices;
import io.patchbay.meta.kubelet.PodResourcesV1.ContainerResources;
import io.patchbay.meta.kubelet.PodResourcesV1.DynamicResource;
import io.patchbay.meta.kubelet.PodResourcesV1.PodResources;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KubeletDevicesTest {
    private static final PodRef POD = new PodRef("core", "upf-0", "u1");
    private static final List<PodResources> PODS =
            List.of(
                    pod("core", "amf-0", container(devices("intel.com/a", "other"))),
                    pod("lab", "upf-0", container(devices("intel.com/a", "another"))),
                    pod(
                            "core",
                            "upf-0",
                            container(devices("intel.com/a", "z2", "a1")),
                            container(
                                    devices("intel.com/b", "b1"),
                                    devices("intel.com/a", "m3", "z2"))));
    private static final Map<String, List<DeviceId>> OWN =
            Map.of(
                    "intel.com/a",
                    List.of(new DeviceId("z2"), new DeviceId("a1"), new DeviceId("m3")),
                    "intel.com/b",
                    List.of(new DeviceId("b1")));

    @TempDir Path directory;

    private static PodResources pod(
            String namespace, String name, ContainerResources... containers) {
        return PodResources.newBuilder()
                .setNamespace(namespace)
                .setName(name)
                .addAllContainers(List.of(containers))
                .build();
    }

    private static ContainerResources container(ContainerDevices... devices) {
        return ContainerResources.newBuilder().addAllDevices(List.of(devices)).build();
    }

    private static ContainerDevices devices(String resource, String... ids) {
        return ContainerDevices.newBuilder()
                .setResourceName(resource)
                .addAllDeviceIds(List.of(ids))
                .build();
    }

    private Path socket() {
        return directory.resolve("kubelet.sock");
    }

    private Map<String, List<DeviceId>> ask(PodRef pod) {
        return new KubeletDevices(paths()).of(pod).devices();
    }

    private KubeletPaths paths() {
        return new KubeletPaths(socket(), directory.resolve("checkpoint"), directory);
    }

    private void checkpoint(String entries) throws IOException {
        Files.writeString(
                directory.resolve("checkpoint"),
                "{\"Data\": {\"PodDeviceEntries\": %s, \"RegisteredDevices\": {}}, \"Checksum\": 1}"
                        .formatted(entries));
    }

    @Test
    void theDevicesOfOnePodAreAskedForAndComeContainerByContainerEachOnce() {
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.pods = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(kubelet.calls).containsExactly("Get core/upf-0");
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(ask(new PodRef("core", "nobody", ""))).isEmpty();
        }
    }

    @Test
    void aKubeletWithoutGetOrThatHasItDisabledIsAskedForAllPods() {
        try (KubeletServer old = new KubeletServer(socket(), false)) {
            old.pods = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(old.calls).containsExactly("List");
        }
        try (KubeletServer disabled = new KubeletServer(socket(), true)) {
            disabled.get = Status.UNKNOWN.withDescription("Get method disabled");
            disabled.pods = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(disabled.calls).hasSize(2);
        }
    }

    @Test
    void theResourceClaimsOfAPodAreToldBesideItsDevicesEachOnce() {
        ContainerResources claiming =
                container(devices("intel.com/a", "a1")).toBuilder()
                        .addDynamicResources(
                                DynamicResource.newBuilder()
                                        .setClaimNamespace("core")
                                        .setClaimName("upf-0-n3"))
                        .build();
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.pods = List.of(pod("core", "upf-0", claiming, claiming));
            assertThat(new KubeletDevices(paths()).of(POD))
                    .isEqualTo(
                            new AllocatedDevices(
                                    Map.of("intel.com/a", List.of(new DeviceId("a1"))),
                                    List.of("core/upf-0-n3")));
        }
    }

    @Test
    void anAnswerOfManyFramesIsRead() {
        List<PodResources> many = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            many.add(pod("lab", "pod-" + i, container(devices("r", "d-" + i))));
        }
        many.addLast(pod("core", "upf-0", container(devices("r", "d"))));
        try (KubeletServer kubelet = new KubeletServer(socket(), false)) {
            kubelet.pods = many;
            assertThat(ask(POD)).isEqualTo(Map.of("r", List.of(new DeviceId("d"))));
        }
    }

    @Test
    void whereNobodyAnswersTheCheckpointIsReadInEitherForm() throws IOException {
        checkpoint(
                """
                [{"PodUID": "u2", "ContainerName": "c", "ResourceName": "intel.com/a",
                  "DeviceIDs": {"0": ["other"]}, "AllocResp": ""},
                 {"PodUID": "u1", "ContainerName": "c", "ResourceName": "intel.com/a",
                  "DeviceIDs": {"1": ["z2"], "-1": ["a1"]}, "AllocResp": ""},
                 {"PodUID": "u1", "ContainerName": "d", "ResourceName": "intel.com/b",
                  "DeviceIDs": ["b1"]},
                 {"PodUID": "u1", "ContainerName": "d", "ResourceName": "intel.com/a",
                  "DeviceIDs": ["m3"]}]
                """);
        assertThat(ask(POD)).isEqualTo(OWN);
        assertThat(ask(new PodRef("core", "upf-1", "u3"))).isEmpty();
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.get = Status.RESOURCE_EXHAUSTED.withDescription("slow down");
            assertThat(ask(POD)).isEqualTo(OWN);
        }
    }

    @Test
    void whereNeitherAnswersItIsToBeTriedAgainAndBothAreNamed() {
        assertRefused(
                POD, "upf-0", socket().toString(), directory.resolve("checkpoint").toString());
        assertRefused(new PodRef("core", "upf-0", ""), "K8S_POD_UID");
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.get = Status.UNKNOWN;
            kubelet.list = Status.INTERNAL.withDescription("broken");
            assertRefused(POD, "PodResourcesLister/List", "status 13 (broken)");
        }
    }

    private void assertRefused(PodRef pod, String... words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> ask(pod))
                .matches(refusal -> refusal.code() == Standard.TRY_AGAIN_LATER)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void aCheckpointThatIsNoneIsNamedWithItsKey() throws IOException {
        checkpoint("[{\"PodUID\": \"u1\", \"ResourceName\": 7}]");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> ask(POD))
                .matches(refusal -> refusal.code() == Standard.UNDECODABLE)
                .withMessageContaining(
                        "checkpoint, key \"Data.PodDeviceEntries[0].ResourceName\": a string");
    }

    @Test
    void aSocketThatIsNotGrpcIsSaidToBeSilent() throws IOException {
        Files.writeString(socket(), "no socket");
        assertRefused(POD, "does not answer on " + socket());
    }

    @Test
    void aCallThatIsInterruptedEndsAndItsThreadStaysSo() throws Exception {
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.ready = new CountDownLatch(1);
            FutureTask<Boolean> asking =
                    new FutureTask<>(() -> {
                        assertRefused(POD, "does not answer");
                        return Thread.currentThread().isInterrupted();
                    });
            Thread thread = Thread.ofPlatform().start(asking);
            kubelet.calls.take();
            thread.interrupt();
            assertThat(asking.get()).isTrue();
        }
    }

    @Test
    void aKubeletThatTakesItsTimeIsWaitedFor() throws Exception {
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.pods = PODS;
            kubelet.ready = new CountDownLatch(1);
            FutureTask<Map<String, List<DeviceId>>> asking = new FutureTask<>(() -> ask(POD));
            Thread.ofPlatform().start(asking);
            kubelet.calls.take();
            kubelet.ready.countDown();
            assertThat(asking.get()).isEqualTo(OWN);
        }
    }

    @Test
    void aKubeletThatHangsIsGivenUpForItsCheckpoint() throws IOException {
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.ready = new CountDownLatch(1);
            do {
                // Within its patience a busy machine may not even connect.
                assertHanging();
            } while (kubelet.calls.isEmpty());
            assertThat(kubelet.calls).contains("Get core/upf-0").doesNotContain("List");
        }
    }

    @Test
    void aKubeletThatTakesNoConnectionIsGivenUpForItsCheckpoint() throws IOException {
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.bind(UnixDomainSocketAddress.of(socket()));
            assertHanging();
        }
    }

    private void assertHanging() throws IOException {
        Files.deleteIfExists(paths().checkpoint());
        KubeletDevices impatient = new KubeletDevices(paths(), Duration.ofSeconds(1));
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> impatient.of(POD))
                .matches(refusal -> refusal.code() == Standard.TRY_AGAIN_LATER)
                .withMessageContaining(
                        "the kubelet does not answer on %s (not within 1 s)".formatted(socket()));
        checkpoint(
                """
                [{"PodUID": "u1", "ResourceName": "r", "DeviceIDs": {"0": ["d"]}}]
                """);
        assertThat(impatient.of(POD).devices()).isEqualTo(Map.of("r", List.of(new DeviceId("d"))));
    }

    @Test
    void aKubeletThatWasAwayIsAskedAgainAtOnceWhenItIsBack() throws IOException {
        KubeletDevices devices = new KubeletDevices(paths());
        checkpoint("[]");
        for (int start = 0; start < 3; start++) {
            try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
                kubelet.pods = PODS;
                assertThat(devices.of(POD).devices()).isEqualTo(OWN);
            }
            Files.deleteIfExists(socket());
            assertThat(devices.of(POD).devices()).isEmpty();
        }
    }
}
