package io.patchbay.meta.device;

import static io.patchbay.meta.device.Proto.container;
import static io.patchbay.meta.device.Proto.devices;
import static io.patchbay.meta.device.Proto.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KubeletDevicesTest {
    private static final PodRef POD = new PodRef("core", "upf-0", "u1");
    private static final byte[] PODS =
            new Proto()
                    .with(1, pod("core", "amf-0", container(devices("intel.com/a", "other"))))
                    .with(1, pod("lab", "upf-0", container(devices("intel.com/a", "another"))))
                    .with(
                            1,
                            pod(
                                    "core",
                                    "upf-0",
                                    container(devices("intel.com/a", "z2", "a1")),
                                    container(
                                            devices("intel.com/b", "b1"),
                                            devices("intel.com/a", "m3", "z2"))))
                    .with(9, 1L)
                    .bytes();
    private static final Map<String, List<DeviceId>> OWN =
            Map.of(
                    "intel.com/a",
                    List.of(new DeviceId("z2"), new DeviceId("a1"), new DeviceId("m3")),
                    "intel.com/b",
                    List.of(new DeviceId("b1")));

    @TempDir Path directory;

    private Path socket() {
        return directory.resolve("kubelet.sock");
    }

    private Map<String, List<DeviceId>> ask(PodRef pod) {
        return new KubeletDevices(new KubeletPaths(socket(), directory.resolve("checkpoint")))
                .of(pod);
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
            kubelet.answer = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(kubelet.calls).containsExactly("Get \n\u0005upf-0\u0012\u0004core");
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(ask(new PodRef("core", "nobody", ""))).isEmpty();
        }
    }

    @Test
    void aKubeletWithoutGetOrThatHasItDisabledIsAskedForAllPods() {
        try (KubeletServer old = new KubeletServer(socket(), false)) {
            old.answer = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(old.calls).containsExactly("List ");
        }
        try (KubeletServer disabled = new KubeletServer(socket(), true)) {
            disabled.get = Status.UNKNOWN.withDescription("Get method disabled");
            disabled.answer = PODS;
            assertThat(ask(POD)).isEqualTo(OWN);
            assertThat(disabled.calls).hasSize(2);
        }
    }

    @Test
    void anAnswerOfManyFramesIsRead() {
        Proto many = new Proto();
        for (int i = 0; i < 40_000; i++) {
            many.with(1, pod("lab", "pod-" + i, container(devices("r", "d-" + i))));
        }
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.answer =
                    many.with(1, pod("core", "upf-0", container(devices("r", "d")))).bytes();
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
    void aCallThatIsInterruptedEnds() throws InterruptedException {
        try (KubeletServer kubelet = new KubeletServer(socket(), true)) {
            kubelet.get = Status.CANCELLED;
            Thread asking = Thread.ofPlatform().start(() -> assertRefused(POD, "does not answer"));
            while (kubelet.calls.isEmpty()) {
                Thread.onSpinWait();
            }
            asking.interrupt();
            asking.join();
            assertThat(asking.isAlive()).isFalse();
        }
    }
}
