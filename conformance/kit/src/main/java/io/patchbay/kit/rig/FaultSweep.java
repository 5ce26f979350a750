package io.patchbay.kit.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// The sharpest rules of the kit: whichever call of an ADD or a DEL goes wrong, a DEL leaves the
/// node as it was before.
///
/// A first pod is added and deleted before the picture that all else is compared with is taken:
/// what a delegate makes once for all pods, such as a bridge, is there from then on.
public final class FaultSweep {
    private final NodeRig rig;
    private final Consumer<RigPod> add;
    private int pods;

    /// A pod, and what everything was like before it.
    public record Moment(RigPod pod, Snapshot node, Snapshot inside) {}

    /// What became of the swept call when its k-th call of a port went wrong.
    ///
    /// @param call such as `acquire for …`, with its number
    /// @param refusal empty where the swept call could do without it
    public record Outcome(Moment moment, String call, Optional<RuntimeException> refusal) {
        public RigPod pod() {
            return moment.pod();
        }
    }

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
        sweep(pod -> {}, add, Fault.FailOnce::new, this::assertDelLeavesNothing);
    }

    /// For every k: nothing works from the k-th call on, the undo neither; then the core starts
    /// anew on what was left, as after a kill before that call.
    public void theProcessDiesBeforeEveryCall() {
        sweep(pod -> {}, add, Fault.FailFrom::new, this::assertRestartAndDelLeaveNothing);
    }

    /// For every k: the k-th call of DEL fails, once.
    public void everyCallOfDelFailsOnce() {
        sweep(add, rig::del, Fault.FailOnce::new, this::assertDelLeavesNothing);
    }

    /// For every k: nothing works from the k-th call of DEL on; then the core starts anew.
    public void theProcessDiesBeforeEveryCallOfDel() {
        sweep(add, rig::del, Fault.FailFrom::new, this::assertRestartAndDelLeaveNothing);
    }

    /// For every k: something else happens before the k-th call of an ADD, and that leaves nothing
    /// either.
    public void everyCallMeets(Runnable event, Consumer<Outcome> then) {
        sweep(
                pod -> {},
                add,
                k -> new Fault.Meanwhile(k, event),
                outcome -> {
                    then.accept(outcome);
                    assertDelLeavesNothing(outcome);
                });
    }

    /// For every k: the k-th call of ADD fails, once; then it is looked at what became of it.
    public void everyFailure(Consumer<Outcome> then) {
        sweep(
                pod -> {},
                add,
                Fault.FailOnce::new,
                outcome -> {
                    then.accept(outcome);
                    rig.del(outcome.pod());
                });
    }

    private void sweep(
            Consumer<RigPod> given,
            Consumer<RigPod> swept,
            IntFunction<Fault> fault,
            Consumer<Outcome> then) {
        int calls = callsOfOne(given, swept);
        Snapshot before = rig.snapshot();
        for (int k = 1; k <= calls; k++) {
            try (RigPod pod = new RigPod("sweep-" + pods++)) {
                Snapshot inside = pod.snapshot();
                given.accept(pod);
                then.accept(attempt(fault.apply(k), swept, new Moment(pod, before, inside), k));
            }
        }
    }

    private void assertRestartAndDelLeaveNothing(Outcome outcome) {
        assertThat(rig.restart()).as("restart after %s", outcome.call()).isEmpty();
        assertDelLeavesNothing(outcome);
    }

    private void assertDelLeavesNothing(Outcome outcome) {
        rig.del(outcome.pod());
        assertThat(rig.snapshot().since(outcome.moment().node()))
                .as("what %s left on the node", outcome.call())
                .isEmpty();
        assertThat(outcome.pod().snapshot().since(outcome.moment().inside()))
                .as("what %s left in the pod", outcome.call())
                .isEmpty();
    }

    private int callsOfOne(Consumer<RigPod> given, Consumer<RigPod> swept) {
        try (RigPod pod = new RigPod("sweep-" + pods++)) {
            add.accept(pod);
            rig.del(pod);
        }
        try (RigPod pod = new RigPod("sweep-" + pods++)) {
            given.accept(pod);
            rig.faults().disarm();
            swept.accept(pod);
            List<String> calls = rig.faults().calls();
            rig.del(pod);
            assertThat(calls).as("calls of an ADD or a DEL").isNotEmpty();
            return calls.size();
        }
    }

    private Outcome attempt(Fault fault, Consumer<RigPod> swept, Moment moment, int k) {
        rig.faults().arm(fault);
        Optional<RuntimeException> refusal = Optional.empty();
        try {
            swept.accept(moment.pod());
        } catch (RuntimeException e) {
            refusal = Optional.of(e);
        }
        List<String> calls = rig.faults().calls();
        rig.faults().disarm();
        String call = calls.size() < k ? "no call" : calls.get(k - 1);
        return new Outcome(moment, "call %d (%s)".formatted(k, call), refusal);
    }
}
