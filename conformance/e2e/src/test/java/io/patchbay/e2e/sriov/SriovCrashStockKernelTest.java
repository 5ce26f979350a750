package io.patchbay.e2e.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.Await;
import io.patchbay.e2e.fault.Doom;
import io.patchbay.e2e.fault.FaultDaemon;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The daemon is killed before some effects of an ADD and of the DEL behind it; the runtime's DEL
/// waits in the spool, and the next daemon leaves the function as it was. A start takes half a
/// minute here; the kit's rules cut down at every single effect, on a card on paper.
@Tag("stock-kernel")
class SriovCrashStockKernelTest {
    private static final int CUTS = 7;

    private final CardNode node = CardNode.another();
    private final Path rig = rig(node.installation().work().resolve("rig.jar"));
    private final Doom doom = doom();

    @Test
    void t06_whereverAnAddAndItsDelAreCutDownARestartLeavesNothing() {
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
            for (int k : Doom.spread(effects, CUTS)) {
                DaemonProcess doomed = doom.launch();
                String first = "all is as it was, before call %d is cut off".formatted(k);
                Await.until(first, () -> look(pod).since(before).isEmpty());
                Doom.arm(doomed, "die-before:" + k);
                cutDown(pod, doomed);
            }
            DaemonProcess healing = doom.launch();
            Await.until("all is as it was", () -> look(pod).since(before).isEmpty());
            healing.stop();
        }
    }

    /// Up to the function's return; what comes behind is no delegate's.
    private static List<Integer> effects(List<String> calls) {
        for (int last = 1; last <= calls.size(); last++) {
            if (calls.get(last - 1).startsWith("erase notes/sriov/")) {
                return Doom.effects(calls.subList(0, last));
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

    private Doom doom() {
        return new Doom(
                node.installation(),
                Installation.daemonWithoutCloud(
                        FaultDaemon.class,
                        List.of(rig),
                        // So many starts: all but the first find their classes ready.
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + node.installation().work().resolve("jsa")));
    }

    private List<String> callsOfOnePair(CardPod pod) {
        DaemonProcess counting = doom.launch();
        Doom.arm(counting, "none");
        pod.added().deleted();
        List<String> calls = doom.calls(counting);
        // What it loaded is archived for the others at its end.
        counting.stop();
        return calls;
    }

    private static void cutDown(CardPod pod, DaemonProcess doomed) {
        Answer added = pod.add();
        assertThat(added.code()).as(added.output()).isIn(0, 11);
        pod.deleted();
        assertThat(doomed.await()).isEqualTo(Doom.KILLED);
    }
}
