package io.patchbay.e2e.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.Await;
import io.patchbay.e2e.fault.Doom;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed before effects of an ADD of two wires, and of the DEL behind it; the
/// runtime's DEL waits in the spool, and the next daemon leaves nothing of them. Only a spread of
/// the effects, for each costs a start: the kit's rules cut down at every single one.
@Tag("kernel")
class WireCrashTest {
    private static final int CUTS = 6;

    @TempDir private Path work;
    private WireNode wires;
    private Doom doom;

    @BeforeEach
    void boot() {
        wires = WireNode.create(work);
        wires.network("vhost", "\"type\": \"vhost-user\", \"mode\": \"server\"");
        wires.network("memif", "\"type\": \"memif\", \"role\": \"master\", \"id\": 3");
        doom = Doom.of(wires.installation());
    }

    @AfterEach
    void shutDown() {
        wires.close();
    }

    @Test
    void whereverAnAddAndItsDelAreCutDownARestartLeavesNothing() {
        try (Pod pod = wires.pod("one", "vhost,memif")) {
            DaemonProcess daemon = doom.launch();
            Snapshot before = wires.snapshot();
            List<String> calls = callsOfOnePair(pod, daemon);
            List<Integer> effects = effects(calls);
            for (int k : Doom.spread(effects, CUTS)) {
                awaitAsBefore(before, "before call %d, %s,".formatted(k, calls.get(k - 1)));
                Doom.arm(daemon, "die-before:" + k);
                assertThat(pod.call("ADD").code()).isIn(0, 11);
                del(pod);
                assertThat(daemon.await()).isEqualTo(Doom.KILLED);
                daemon = doom.launch();
            }
            awaitAsBefore(before, "at last");
            daemon.stop();
        }
    }

    /// On the directories and in the journals of the two types.
    private static List<Integer> effects(List<String> calls) {
        List<Integer> own =
                Doom.effects(calls).stream()
                        .filter(k -> calls.get(k - 1).matches(".*(vhost-user|memif).*"))
                        .toList();
        assertThat(own).as(String.join("\n", calls)).hasSizeGreaterThan(CUTS);
        return own;
    }

    private List<String> callsOfOnePair(Pod pod, DaemonProcess counting) {
        Doom.arm(counting, "none");
        Answer added = pod.call("ADD");
        assertThat(added.code()).as(added.output()).isZero();
        del(pod);
        return doom.calls(counting);
    }

    private static void del(Pod pod) {
        assertThat(pod.call("DEL").output()).isEmpty();
    }

    private void awaitAsBefore(Snapshot before, String when) {
        Await.until(when + " all is as it was", () -> wires.snapshot().since(before).isEmpty());
    }
}
