package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundSource;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The one undo path: takes away what a plan may have made, be it whole, half or crashed. It goes
/// through every step, whatever fails on the way.
final class Undo {
    private final Binding binding;
    private final DeviceFiles devices;
    private final SandboxJournal journal;

    Undo(Binding binding, DeviceFiles devices, SandboxJournal journal) {
        this.binding = binding;
        this.devices = devices;
        this.journal = journal;
    }

    /// Delegates first, in reverse; then every link of the sandbox in one message a namespace, and
    /// what was told of devices; the addresses last, for none may be leased anew while a link still
    /// carries it.
    ///
    /// An attachment keeps its addresses until its whole chain is undone, whichever step has the
    /// lease: what the others made, such as a port mapping, goes by the address as well, and would
    /// lead to the pod that gets it next. The other attachments' addresses do not wait for it.
    ///
    /// Addresses that go back over the link go while it is there, as the reference plugins have it,
    /// and once more at the end, when it may be gone without them.
    Failures run(Sandbox sandbox, Handles handles) {
        AttachmentPlan plan = sandbox.plan();
        Failures failures = new Failures();
        Map<PlannedAttachment, List<BoundStep<?>>> undone = new LinkedHashMap<>();
        for (PlannedAttachment attachment : plan.attachments().reversed()) {
            Failures own = new Failures();
            List<BoundStep<?>> steps = bind(plan, attachment, own);
            if (!sandbox.undone().contains(attachment.id())) {
                steps.forEach(step -> undo(sandbox, step, handles, own));
            }
            if (own.none()) {
                undone.put(attachment, steps);
            }
            failures.addAll(own);
        }
        Failures links = deleteLinks(plan, handles);
        failures.addAll(links);
        // A DEL that is to come again finds its device's file, for the plugin may read it.
        for (PlannedAttachment attachment : undone.keySet()) {
            failures.attempt(() -> AttachmentDevice.of(attachment, devices).remove());
        }
        if (links.none()) {
            failures.attempt(() -> release(sandbox, undone, handles, failures));
        }
        return failures;
    }

    private static void undo(
            Sandbox sandbox, BoundStep<?> step, Handles handles, Failures failures) {
        if (failures.none() && step.addresses().filter(BoundSource::overLink).isPresent()) {
            failures.attempt(() -> release(sandbox, step, handles));
        }
        failures.attempt(() -> del(sandbox, step, handles));
    }

    private List<BoundStep<?>> bind(
            AttachmentPlan plan, PlannedAttachment attachment, Failures failures) {
        List<BoundStep<?>> steps = new ArrayList<>();
        for (PlannedStep step : attachment.steps().reversed()) {
            failures.attempt(
                    () -> steps.add(binding.bindLeniently(attachment, step, plan.netns())));
        }
        return steps;
    }

    /// The final result of the step's chain (CNI SPEC.md, "Delete").
    private static Optional<CniResult> result(Sandbox sandbox, BoundStep<?> step) {
        int last = step.attachment().steps().getLast().position();
        return sandbox.results().map(results -> results.get(last));
    }

    private static <C extends Record> void del(
            Sandbox sandbox, BoundStep<C> step, Handles handles) {
        var detachment = new StepDetachment<>(sandbox.plan(), step, result(sandbox, step), handles);
        placed(step, handles, () -> step.delegate().del(detachment, handles.pod()));
    }

    private void release(
            Sandbox sandbox,
            Map<PlannedAttachment, List<BoundStep<?>>> undone,
            Handles handles,
            Failures failures) {
        Set<AttachmentId> ids = new HashSet<>(sandbox.undone());
        undone.keySet().forEach(attachment -> ids.add(attachment.id()));
        journal.undone(sandbox.plan(), ids);
        for (List<BoundStep<?>> steps : undone.values()) {
            steps.forEach(step -> failures.attempt(() -> release(sandbox, step, handles)));
        }
    }

    private static void release(Sandbox sandbox, BoundStep<?> step, Handles handles) {
        AttachmentId id = step.attachment().id();
        Optional<CniResult> result = result(sandbox, step);
        placed(
                step,
                handles,
                () -> step.addresses().ifPresent(source -> source.release(id, result)));
    }

    private static void placed(BoundStep<?> step, Handles handles, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            throw handles.failure(step.attachment(), step.step().type(), e);
        }
    }

    private static Failures deleteLinks(AttachmentPlan plan, Handles handles) {
        Failures failures = new Failures();
        handles.pod().ifPresent(pod -> failures.attempt(() -> deleteLinks(pod, plan.number())));
        failures.attempt(() -> deleteLinks(handles.host(), plan.number()));
        return failures;
    }

    private static void deleteLinks(Netns netns, int group) {
        try {
            netns.rtnl().apply(new DeleteGroup(group));
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }
}
