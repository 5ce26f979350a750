package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The one undo path: takes away what a plan may have made, be it whole, half or crashed. It goes
/// through every step, whatever fails on the way.
final class Undo {
    private final Binding binding;
    private final DeviceFiles devices;

    Undo(Binding binding, DeviceFiles devices) {
        this.binding = binding;
        this.devices = devices;
    }

    /// Delegates first, in reverse; then every link of the sandbox in one message a namespace, and
    /// what was told of devices; the addresses last, for none may be leased anew while a link still
    /// carries it.
    Failures run(Sandbox sandbox, Handles handles) {
        AttachmentPlan plan = sandbox.plan();
        Failures failures = new Failures();
        List<BoundStep<?>> steps = bind(plan, failures);
        for (BoundStep<?> step : steps) {
            failures.attempt(() -> del(plan, step, result(sandbox, step), handles));
        }
        handles.pod().ifPresent(pod -> failures.attempt(() -> deleteLinks(pod, plan.number())));
        failures.attempt(() -> deleteLinks(handles.host(), plan.number()));
        // A DEL that is to come again finds its device's file, for the plugin may read it.
        if (failures.none()) {
            for (PlannedAttachment attachment : plan.attachments()) {
                failures.attempt(() -> AttachmentDevice.of(attachment, devices).remove());
            }
        }
        if (failures.none()) {
            for (BoundStep<?> step : steps) {
                failures.attempt(() -> release(step, result(sandbox, step), handles));
            }
        }
        return failures;
    }

    private List<BoundStep<?>> bind(AttachmentPlan plan, Failures failures) {
        List<BoundStep<?>> steps = new ArrayList<>();
        for (PlannedAttachment attachment : plan.attachments().reversed()) {
            for (PlannedStep step : attachment.steps().reversed()) {
                failures.attempt(
                        () -> steps.add(binding.bindLeniently(attachment, step, plan.netns())));
            }
        }
        return steps;
    }

    /// The final result of the step's chain (CNI SPEC.md, "Delete").
    private static Optional<CniResult> result(Sandbox sandbox, BoundStep<?> step) {
        int last = step.attachment().steps().getLast().position();
        return sandbox.results().map(results -> results.get(last));
    }

    private static <C extends Record> void del(
            AttachmentPlan plan, BoundStep<C> step, Optional<CniResult> result, Handles handles) {
        placed(
                step,
                handles,
                () ->
                        step.delegate()
                                .del(
                                        new StepDetachment<>(plan, step, result, handles),
                                        handles.pod()));
    }

    private static void release(BoundStep<?> step, Optional<CniResult> result, Handles handles) {
        placed(
                step,
                handles,
                () ->
                        step.addresses()
                                .ifPresent(
                                        source -> source.release(step.attachment().id(), result)));
    }

    private static void placed(BoundStep<?> step, Handles handles, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            throw handles.failure(step.attachment(), step.step().type(), e);
        }
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
