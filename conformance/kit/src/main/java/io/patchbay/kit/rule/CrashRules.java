package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

/// The group CRASH: every call that can fail does, and the process dies between any two.
public interface CrashRules extends Sweeping {
    @Test
    default void crash801_leavesNothingWhicheverCallOfAnAddFails() {
        sweep().everyCallFailsOnce();
    }

    @Test
    default void crash802_leavesNothingWheneverTheProcessDiesInAnAdd() {
        sweep().theProcessDiesBeforeEveryCall();
    }

    @Test
    default void crash803_leavesNothingWhicheverCallOfADelFails() {
        sweep().everyCallOfDelFailsOnce();
    }

    @Test
    default void crash804_leavesNothingWheneverTheProcessDiesInADel() {
        sweep().theProcessDiesBeforeEveryCallOfDel();
    }

    @Test
    default void crash805_leavesLivingPodsAloneAtARestart() {
        candidate().settled();
        try (RigPod pod = new RigPod("crash-805")) {
            candidate().add(pod);
            Snapshot node = candidate().rig().snapshot();
            Snapshot inside = pod.snapshot();
            assertThat(candidate().rig().restart()).isEmpty();
            assertThat(pod.snapshot().since(inside)).as("what a restart did in a pod").isEmpty();
            candidate().assertNothingLeftSince(node, "a restart");
        }
    }
}
