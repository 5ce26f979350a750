package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.fault.Doom;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The daemon is killed before every effect of an ADD, and after the last; the next one and a DEL
/// leave the node as it was. That next one is killed at the next effect: a start costs the most.
@Tag("kernel")
class CrashTest {
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
    private static Doom doom;
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
        doom = Doom.of(node.installation());
    }

    @AfterAll
    static void shutDown() {
        pod.close();
        node.close();
    }

    private static Answer call(String command, String podName) {
        return node.shim().call(node.call(command, "amf", pod, podName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amf-0", "du-0"})
    void whereverAnAddIsCutDownARestartAndADelLeaveNothing(String podName) {
        DaemonProcess daemon = doom.launch();
        List<String> calls = callsOfOneAdd(podName, daemon);
        List<String> faults =
                new ArrayList<>(Doom.effects(calls).stream().map(k -> "die-before:" + k).toList());
        assertThat(faults).as("effects of an ADD of several interfaces").hasSizeGreaterThan(15);
        faults.add(faults.getLast().replace("before", "after"));

        del(podName);
        Snapshot before = node.snapshot().plus(pod.snapshot());
        for (String fault : faults) {
            killAddAt(fault, podName, daemon);
            daemon = doom.launch();
            del(podName);
            assertThat(node.snapshot().plus(pod.snapshot()).since(before))
                    .as("%s of %s", fault, String.join("\n", calls))
                    .isEmpty();
        }
        daemon.stop();
    }

    private static List<String> callsOfOneAdd(String podName, DaemonProcess counting) {
        Doom.arm(counting, "none");
        assertThat(call("ADD", podName).code()).isZero();
        return doom.calls(counting);
    }

    private static void killAddAt(String fault, String podName, DaemonProcess doomed) {
        Doom.arm(doomed, fault);
        Answer answer = call("ADD", podName);
        assertThat(answer.code()).as("%s: %s", fault, answer.output()).isEqualTo(11);
        assertThat(doomed.await()).isEqualTo(Doom.KILLED);
    }

    private static void del(String podName) {
        Answer answer = call("DEL", podName);
        assertThat(answer.status()).as(answer.output()).isZero();
    }
}
