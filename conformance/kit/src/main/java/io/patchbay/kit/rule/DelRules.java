package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The group DEL: that nothing is left, and nothing else is touched.
public interface DelRules extends Rules {
    @Test
    default void del501_leavesNothing() {
        try (RigPod first = new RigPod("del-501-first");
                RigPod pod = new RigPod("del-501")) {
            addAndDelete(first);
            Snapshot before = candidate().rig().snapshot();
            Snapshot inside = pod.snapshot();
            addAndDelete(pod);
            assertThat(pod.snapshot().since(inside)).as("what DEL left in the pod").isEmpty();
            candidate().assertNothingLeftSince(before, "DEL");
        }
    }

    private void addAndDelete(RigPod pod) {
        candidate().addOrAbort(pod);
        candidate().rig().del(pod);
    }

    /// The delegate's part of the first DEL is done, and what follows it fails.
    @Test
    default void del502_canBeRepeated() {
        Snapshot before = candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("del-502")) {
            candidate().add(pod);
            int behind = candidate().find("DeleteGroup", () -> rig.del(pod));
            candidate().add(pod);
            candidate().attempt(new Fault.FailOnce(behind), () -> rig.del(pod));
            rig.del(pod);
            candidate().assertNothingLeftSince(before, "the second DEL");
        }
    }

    @Test
    default void del503_worksForAnAddThatNeverCameToTheDelegate() {
        Snapshot before = candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("del-503")) {
            int journaled = candidate().find("write sandboxes/", () -> candidate().add(pod));
            rig.del(pod);
            candidate().attempt(new Fault.FailFrom(journaled + 1), () -> candidate().add(pod));
            rig.del(pod);
            candidate().assertNothingLeftSince(before, "DEL");
        }
    }

    @Test
    default void del504_worksWhenTheNamespaceIsGone() {
        Snapshot before = candidate().settled();
        RigPod pod = new RigPod("del-504");
        try (pod) {
            candidate().add(pod);
        }
        candidate().rig().delWithoutNamespace(pod);
        candidate().assertNothingLeftSince(before, "DEL");
    }

    @Test
    default void del506_touchesNoOtherPod() {
        candidate().settled();
        try (RigPod pod = new RigPod("del-506");
                RigPod other = new RigPod("del-506-other")) {
            candidate().add(other);
            Snapshot node = candidate().rig().snapshot();
            Snapshot inside = other.snapshot();
            candidate().add(pod);
            candidate().rig().del(pod);
            assertThat(other.snapshot().since(inside)).as("done to another pod").isEmpty();
            candidate().assertNothingLeftSince(node, "DEL of one of two pods");
            candidate().rig().check(other);
            candidate().rig().del(other);
        }
    }

    @Test
    default void del508_worksWhenItsLinksAreGone() {
        Snapshot before = candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("del-508")) {
            List<Integer> own = LinkState.in(rig.witness()).stream().map(LinkState::index).toList();
            candidate().add(pod);
            for (LinkState link : LinkState.in(rig.witness())) {
                if (!own.contains(link.index())) {
                    rig.witness().run("ip", "link", "del", link.name());
                }
            }
            for (LinkState link : LinkState.in(pod.witness())) {
                if (!link.name().equals("lo")) {
                    pod.witness().run("ip", "link", "del", link.name());
                }
            }
            rig.del(pod);
            candidate().assertNothingLeftSince(before, "DEL");
        }
    }
}
