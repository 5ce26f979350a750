package io.patchbay.kit.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// The sharpest rules of the kit: whichever call of an ADD or a DEL goes wrong, the next DEL leaves
/// the node as it was before.
///
/// A first pod is added and deleted before the picture that all else is compared with is taken:
/// what a delegate makes once for all pods, such as a bridge, is there from then on.
public final class FaultSweep {
    private final NodeRig rig;
    private final Consumer<RigPod> add;
    private int pods;

    public FaultSweep(NodeRig rig, String... configs) {
        this(rig, pod -> rig.add(pod, configs));
    }

    /// @param add the ADD whose calls go wrong
    public FaultSweep(NodeRig rig, Consumer<RigPod> add) {
        this.rig = rig;
        this.add = add;
    }

    /// For every k: the k-th call of ADD fails, once. Either the ADD fails and leaves nothing, or
    /// it could do without the call.
    public void everyCallFailsOnce() {
        sweep(_ -> {}, add, Fault.FailOnce::new, false);
    }

    /// For every k: nothing works from the k-th call on, the undo neither; then the core starts
    /// anew on what was left, as after a kill before that call.
    public void theProcessDiesBeforeEveryCall() {
        sweep(_ -> {}, add, Fault.FailFrom::new, true);
    }

    /// For every k: the k-th call of DEL fails, once; the next DEL finishes it.
    public void everyCallOfDelFailsOnce() {
        sweep(add, rig::del, Fault.FailOnce::new, false);
    }

    /// For every k: nothing works from the k-th call of DEL on; then the core starts anew, and the
    /// next DEL finishes it.
    public void theProcessDiesBeforeEveryCallOfDel() {
        sweep(add, rig::del, Fault.FailFrom::new, true);
    }

    /// @param swept whose calls go wrong
    private void sweep(
            Consumer<RigPod> prepare,
            Consumer<RigPod> swept,
            IntFunction<Fault> fault,
            boolean restart) {
        int calls = calls(prepare, swept);
        Snapshot before = rig.snapshot();
        for (int k = 1; k <= calls; k++) {
            try (RigPod pod = new RigPod("sweep-" + pods++)) {
                Snapshot inside = pod.snapshot();
                prepare.accept(pod);
                String call = runWith(fault.apply(k), swept, pod, k);
                if (restart) {
                    assertThat(rig.restart()).as("restart after %s", call).isEmpty();
                }
                rig.del(pod);
                assertThat(rig.snapshot().since(before))
                        .as("what call %d of %d left on the node: %s", k, calls, call)
                        .isEmpty();
                assertThat(pod.snapshot().since(inside))
                        .as("what call %d of %d left in the pod: %s", k, calls, call)
                        .isEmpty();
            }
        }
    }

    private int calls(Consumer<RigPod> prepare, Consumer<RigPod> swept) {
        try (RigPod pod = new RigPod("sweep-" + pods++)) {
            add.accept(pod);
            rig.del(pod);
        }
        try (RigPod pod = new RigPod("sweep-" + pods++)) {
            prepare.accept(pod);
            rig.faults().disarm();
            swept.accept(pod);
            List<String> calls = rig.faults().calls();
            rig.del(pod);
            assertThat(calls).as("calls").isNotEmpty();
            return calls.size();
        }
    }

    private String runWith(Fault fault, Consumer<RigPod> swept, RigPod pod, int k) {
        rig.faults().arm(fault);
        try {
            swept.accept(pod);
        } catch (RuntimeException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
        List<String> calls = rig.faults().calls();
        rig.faults().disarm();
        return calls.size() < k ? "(no such call)" : calls.get(k - 1);
    }
}
