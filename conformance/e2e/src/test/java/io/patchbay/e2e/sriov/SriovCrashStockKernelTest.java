package io.patchbay.e2e.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.Await;
import io.patchbay.e2e.fault.FaultDaemon;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The daemon is killed before every second effect of an ADD and of the DEL behind it; the
/// runtime's DEL waits in the spool, and the next daemon leaves the function as it was. A start
/// takes half a minute here; the kit's rules cut down at every single effect, on a card on paper.
@Tag("stock-kernel")
class SriovCrashStockKernelTest {
    private static final Pattern READS =
            Pattern.compile("(find|dump|open|read|await|sysctl find|nft list|check|probe) .*");
    private static final int KILLED = 137;

    private final CardNode node = CardNode.another();
    private final Path rig = rig(node.installation().work().resolve("rig.jar"));

    @Test
    void t06_whereverAnAddAndItsDelAreCutDownARestartLeavesNothing() throws IOException {
        node.defaultNetwork(
                """
                {type: sriov, deviceID: "%s", vlan: 600, mac: "02:de:ad:06:00:01", mtu: 1400,
                 trust: "on"}
                """
                        .formatted(CardNode.function(1, 0)));
        try (CardPod pod = node.pod("t06", List.of())) {
            Snapshot before = look(pod);
            List<String> calls = callsOfOnePair(pod);
            List<Integer> effects = effects(calls);
            assertThat(effects).as(String.join("\n", calls)).hasSizeGreaterThan(12);
            for (int i = 0; i < effects.size(); i += 2) {
                int k = effects.get(i);
                DaemonProcess doomed = launch("die-before:" + k);
                String first = "all is as it was, before call %d is cut off".formatted(k);
                Await.until(first, () -> look(pod).since(before).isEmpty());
                cutDown(pod, doomed);
            }
            DaemonProcess healing = launch("none");
            Await.until("all is as it was", () -> look(pod).since(before).isEmpty());
            healing.stop();
        }
    }

    /// Up to the function's return; what comes behind is no delegate's.
    private static List<Integer> effects(List<String> calls) {
        List<Integer> effects = new ArrayList<>();
        for (int k = 1; k <= calls.size(); k++) {
            String call = calls.get(k - 1);
            if (!READS.matcher(call).matches()) {
                effects.add(k);
            }
            if (call.startsWith("erase notes/sriov/")) {
                return effects;
            }
        }
        throw new AssertionError("the function was not given back: " + calls);
    }

    /// The daemon with faults, in a jar: a directory's classes are in no archive.
    private static Path rig(Path jar) {
        String classes =
                FaultDaemon.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        String room = FaultDaemon.class.getPackageName().replace('.', '/');
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        assertThat(tool.run(System.out, System.err, "cf", jar.toString(), "-C", classes, room))
                .isZero();
        return jar;
    }

    private Snapshot look(CardPod pod) {
        return node.snapshot().plus(new Snapshot(Map.of("pod", pod.links())));
    }

    private Path calls() {
        return node.installation().work().resolve("calls");
    }

    private DaemonProcess launch(String fault) {
        return node.installation()
                .launch(
                        CardNode.daemon(
                                FaultDaemon.class,
                                List.of(rig),
                                // So many starts: all but the first find their classes ready.
                                "-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile="
                                        + node.installation().work().resolve("jsa")),
                        Map.of("PATCHBAY_FAULT", fault, "PATCHBAY_FAULT_CALLS", calls().toString()))
                .awaitLine(FaultDaemon.ARMED);
    }

    private List<String> callsOfOnePair(CardPod pod) throws IOException {
        DaemonProcess counting = launch("none");
        pod.added().deleted();
        counting.stop();
        return Files.readAllLines(calls());
    }

    private static void cutDown(CardPod pod, DaemonProcess doomed) {
        Answer added = pod.add();
        assertThat(added.code()).as(added.output()).isIn(0, 11);
        pod.deleted();
        assertThat(doomed.await()).isEqualTo(KILLED);
    }
}
