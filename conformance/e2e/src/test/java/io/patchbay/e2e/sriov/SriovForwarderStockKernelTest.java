package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static io.patchbay.e2e.sriov.CardNode.sriov;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.Await;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network function in Java: in a pod that got two virtual functions on vfio-pci, it carries the
/// frames of two other pods.
@Tag("stock-kernel")
class SriovForwarderStockKernelTest {
    private static final String NEAR_MAC = "02:de:ad:00:81:01";
    private static final String FAR_MAC = "02:de:ad:00:81:02";
    private static final String TO_NEAR = "02:de:ad:00:81:11";
    private static final String TO_FAR = "02:de:ad:00:81:12";

    /// A JVM and EAL, in an emulator.
    private static final Duration START = Duration.ofMinutes(5);

    private final CardNode node = CardNode.shared();
    private Snapshot before = node.snapshot();

    @TempDir private Path directory;

    @BeforeEach
    void look() {
        before = node.snapshot();
    }

    @AfterEach
    void nothingIsOther() {
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void aForwarderInJavaCarriesFramesBetweenTwoFunctionsOfItsPod() throws Exception {
        try (CardPod near = pinger("near", function(0, 0), 810, NEAR_MAC, "10.81.0.1");
                CardPod far = pinger("far", function(1, 0), 811, FAR_MAC, "10.81.0.2");
                CardPod between =
                        node.pod(
                                "between",
                                List.of(
                                        forwarding(function(0, 1), 810, TO_NEAR),
                                        forwarding(function(1, 1), 811, TO_FAR)))) {
            between.added();
            neighbour(near, "10.81.0.2", TO_NEAR);
            neighbour(far, "10.81.0.1", TO_FAR);
            Path output = directory.resolve("forwarder");
            Process forwarder = forwarder(between, output);
            try {
                Await.until("the forwarder forwards", START, () -> isForwarding(forwarder, output));
                near.run("ping", "-c", "3", "-i", "0.5", "-w", "60", "10.81.0.2");
            } finally {
                forwarder.destroy();
                forwarder.onExit().orTimeout(120, TimeUnit.SECONDS).join();
            }
            assertThat(forwarder.exitValue()).as(Files.readString(output)).isZero();
            for (CardPod pod : List.of(near, far, between)) {
                pod.deleted();
            }
        }
    }

    /// Frames to and from the pod carry its VLAN on the card, and no other.
    private CardPod pinger(String name, String function, int vlan, String mac, String address) {
        return node.pod(
                        name,
                        function,
                        """
                        "vlan": %d, "mac": "%s",
                        "ipam": {"type": "static", "addresses": [{"address": "%s/24"}]}\
                        """
                                .formatted(vlan, mac, address))
                .added();
    }

    private static CardNode.Network forwarding(String function, int vlan, String mac) {
        return sriov(
                function,
                "\"driver\": \"vfio-pci\", \"vlan\": %d, \"mac\": \"%s\"".formatted(vlan, mac));
    }

    private static void neighbour(CardPod pod, String address, String mac) {
        pod.run("ip", "neighbour", "add", address, "lladdr", mac, "dev", "net1");
    }

    private static Process forwarder(CardPod pod, Path output) throws IOException {
        return pod.netns()
                .process(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patchbay.examples.dpdk.Main",
                        "l2fwd",
                        "--peer",
                        function(0, 1) + "=" + NEAR_MAC,
                        "--peer",
                        function(1, 1) + "=" + FAR_MAC,
                        "--",
                        "-l",
                        "0",
                        "--no-huge",
                        "--no-telemetry",
                        "-m",
                        "128",
                        "-a",
                        function(0, 1),
                        "-a",
                        function(1, 1))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static boolean isForwarding(Process forwarder, Path output) {
        try {
            String said = Files.readString(output);
            assertThat(forwarder.isAlive()).as(said).isTrue();
            return said.contains("Forwarding between");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
