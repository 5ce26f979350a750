package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import org.junit.jupiter.api.Test;

/// The group STATUS: it tells what an ADD would come to.
public interface StatusRules extends Rules {
    /// Takes from the node what the network cannot do without, such as a parent link. A network
    /// that needs nothing leaves it empty.
    default void spoil(NodeRig node) {}

    @Test
    default void status701_isFineWhereAnAddWorks() {
        candidate().settled();
        candidate().rig().status(candidate().config());
    }

    @Test
    default void status702_changesNothing() {
        Snapshot before = candidate().settled();
        assumeFine();
        candidate().assertNothingLeftSince(before, "STATUS");
    }

    private void assumeFine() {
        Premise.holds(701, () -> candidate().rig().status(candidate().config()));
    }

    @Test
    default void status703_agreesWithAdd() {
        candidate().settled();
        assumeFine();
        spoil(candidate().rig());
        Throwable told = catchThrowable(() -> candidate().rig().status(candidate().config()));
        try (RigPod pod = new RigPod("status-703")) {
            Throwable refused = catchThrowable(() -> candidate().add(pod));
            if (refused == null) {
                assertThat(told).as("STATUS where an ADD works").isNull();
            } else {
                assertThat(told).as("STATUS where an ADD fails: %s", refused).isNotNull();
                assertThat(((CniException) told).code())
                        .as("code of %s", told.getMessage())
                        .isIn(Standard.UNAVAILABLE, Standard.UNAVAILABLE_AND_DEGRADED);
            }
        }
    }
}
