package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.fault.FaultDaemon;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The daemon is killed before every effect of an ADD, and after the last; the next one and a DEL
/// leave the node as it was.
@Tag("kernel")
class CrashTest {
    private static final Pattern READS =
            Pattern.compile("(find|dump|open|sysctl find|nft list|check|probe) .*");
    private static final int KILLED = 137;

    /// A pod whose second network, a delegate with a binary behind it, is told a file for its
    /// device.
    private static final String DESCRIBED =
            """
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: described, namespace: core}
            spec:
              config: |
                {"cniVersion": "1.0.0", "plugins": [
                  {"type": "bridge", "bridge": "signalling", "capabilities": {"CNIDeviceInfoFile": true},
                   "ipam": {"type": "host-local", "subnet": "10.21.0.0/24"}},
                  {"type": "tuning", "capabilities": {"CNIDeviceInfoFile": true}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: du-0
              namespace: core
              annotations: {k8s.v1.cni.cncf.io/networks: described}
            """;

    @TempDir static Path work;

    private static TelecomNode node;
    private static PodNetns pod;

    @BeforeAll
    static void boot() throws IOException {
        node =
                TelecomNode.create(
                        work,
                        "deviceInfoDirectory: %s\npluginPath: [/usr/lib/cni]"
                                .formatted(work.resolve("state/devinfo")));
        Files.writeString(node.manifests().resolve("described.yaml"), DESCRIBED);
        pod = node.pod("amf");
    }

    @AfterAll
    static void shutDown() {
        pod.close();
        node.close();
    }

    private static Answer call(String command, String podName) {
        return node.shim().call(node.call(command, "amf", pod, podName));
    }

    private static DaemonProcess faultDaemon(String fault, Path calls) {
        return node.installation()
                .launch(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FaultDaemon.class.getName()),
                        Map.of("PATCHBAY_FAULT", fault, "PATCHBAY_FAULT_CALLS", calls.toString()))
                .awaitLine(FaultDaemon.ARMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amf-0", "du-0"})
    void whereverAnAddIsCutDownARestartAndADelLeaveNothing(String podName) throws IOException {
        List<String> calls = callsOfOneAdd(podName);
        List<String> faults = new ArrayList<>();
        for (int k = 1; k <= calls.size(); k++) {
            if (!READS.matcher(calls.get(k - 1)).matches()) {
                faults.add("die-before:" + k);
            }
        }
        assertThat(faults).as("effects of an ADD of several interfaces").hasSizeGreaterThan(15);
        faults.add(faults.getLast().replace("before", "after"));

        Snapshot before = node.snapshot().plus(pod.snapshot());
        for (String fault : faults) {
            killAddAt(fault, podName);
            delAfterRestart(podName);
            assertThat(node.snapshot().plus(pod.snapshot()).since(before))
                    .as("%s of %s", fault, String.join("\n", calls))
                    .isEmpty();
        }
    }

    private static List<String> callsOfOneAdd(String podName) throws IOException {
        Path calls = work.resolve("calls");
        DaemonProcess counting = faultDaemon("none", calls);
        assertThat(call("ADD", podName).code()).isZero();
        counting.stop();
        delAfterRestart(podName);
        return Files.readAllLines(calls);
    }

    private static void killAddAt(String fault, String podName) {
        DaemonProcess doomed = faultDaemon(fault, work.resolve("calls"));
        Answer answer = call("ADD", podName);
        assertThat(answer.code()).as("%s: %s", fault, answer.output()).isEqualTo(11);
        assertThat(doomed.await()).isEqualTo(KILLED);
    }

    private static void delAfterRestart(String podName) {
        try (DaemonProcess _ = node.startDaemon()) {
            Answer answer = call("DEL", podName);
            assertThat(answer.status()).as(answer.output()).isZero();
        }
    }
}
