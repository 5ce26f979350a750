package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The group GC: what is kept, and what goes.
public interface GcRules extends Rules {
    @Test
    default void gc601_keepsWhatIsValid() {
        candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("gc-601")) {
            candidate().add(pod);
            Snapshot node = rig.snapshot();
            Snapshot inside = pod.snapshot();
            rig.gc(List.of(pod), candidate().config());
            assertThat(pod.snapshot().since(inside)).as("what GC did in a valid pod").isEmpty();
            candidate().assertNothingLeftSince(node, "GC");
            rig.check(pod);
        }
    }

    @Test
    default void gc603_canBeRepeated() {
        Snapshot before = candidate().settled();
        for (int i = 0; i < 2; i++) {
            candidate().rig().gc(List.of(), candidate().config());
            candidate().assertNothingLeftSince(before, "GC of nothing");
        }
    }
}
