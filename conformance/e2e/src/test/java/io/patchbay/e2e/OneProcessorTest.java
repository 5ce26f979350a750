package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The installed daemon where there is one processor, as on a small node: whatever waits in it for
/// something else in it has no other processor to wait on.
@Tag("kernel")
@Timeout(300)
class OneProcessorTest {
    private static final int AT_ONCE = 8;

    @TempDir private Path work;

    @Test
    void podsThatComeAndGoAtOnceAreServed() throws Exception {
        try (TelecomNode node = TelecomNode.create(work)) {
            DaemonProcess daemon = start(node);
            serve(node);
            assertThat(node.shim().call(Call.of("STATUS")).status()).isZero();
            assertThat(node.installation().operate("status").status()).isZero();
            assertThat(daemon.stop()).isZero();
        }
    }

    private static DaemonProcess start(TelecomNode node) {
        return node.installation()
                .launch(
                        List.of(Installation.program()),
                        Map.of("PATCHBAY_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1"))
                .awaitReady();
    }

    private static void serve(TelecomNode node) throws Exception {
        List<PodNetns> pods = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                node.installation().pod("pod-" + i, "signalling");
                pods.add(node.pod("pod-" + i));
            }
            for (String command : List.of("ADD", "DEL")) {
                List<Future<Answer>> answers =
                        pods.stream()
                                .map(pod -> callers.submit(() -> call(node, command, pod)))
                                .toList();
                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().status()).as(answer.get().output()).isZero();
                }
            }
        } finally {
            pods.forEach(PodNetns::close);
        }
    }

    private static Answer call(TelecomNode node, String command, PodNetns pod) {
        return node.shim().call(node.call(command, "c-" + pod.name(), pod, pod.name()));
    }
}
