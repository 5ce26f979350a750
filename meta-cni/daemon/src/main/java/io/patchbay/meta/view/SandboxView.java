package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.plan.AttachmentPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A sandbox as it is now.
///
/// @param unseen why the kernel was not seen, in a sentence; what is shown is the journal's then
public record SandboxView(
        Sandbox sandbox, Optional<String> unseen, List<AttachmentView> attachments) {
    public SandboxView {
        attachments = List.copyOf(attachments);
    }

    AttachmentPlan plan() {
        return sandbox.plan();
    }

    /// `-` where the runtime named no pod.
    String pod() {
        return pod(plan());
    }

    static String pod(AttachmentPlan plan) {
        return plan.pod().name().isEmpty() ? "-" : plan.pod().toString();
    }

    State state() {
        return State.of(sandbox);
    }

    List<BinaryView> binaries(AttachmentView one) {
        return BinaryView.of(sandbox, one.attachment());
    }

    /// With what CHECK says of each attachment, by its interface.
    public SandboxView with(Function<String, Health> health) {
        return new SandboxView(
                sandbox,
                unseen,
                attachments.stream()
                        .map(one -> one.with(health.apply(one.attachment().id().ifName())))
                        .toList());
    }

    /// Whether CHECK finds something other than ADD left it.
    public boolean isWrong() {
        return has(Health.Verdict.WRONG);
    }

    /// Whether it is not known how some attachment is.
    public boolean isUnknown() {
        return has(Health.Verdict.UNKNOWN) || has(Health.Verdict.BUSY);
    }

    private boolean has(Health.Verdict verdict) {
        return attachments.stream().anyMatch(one -> one.health().verdict() == verdict);
    }
}
