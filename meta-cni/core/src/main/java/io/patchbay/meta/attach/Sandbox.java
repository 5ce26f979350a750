package io.patchbay.meta.attach;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the journal remembers of a sandbox.
///
/// @param results each step's result, by its position; empty unless the ADD came to its end
/// @param detaching whether an undo began and could not be finished
/// @param undone the attachments of which nothing is left but, perhaps, their addresses
public record Sandbox(
        AttachmentPlan plan,
        Optional<List<CniResult>> results,
        boolean detaching,
        Set<AttachmentId> undone) {
    /// One whose ADD has begun.
    static Sandbox begun(AttachmentPlan plan) {
        return new Sandbox(plan, Optional.empty(), false, Set.of());
    }

    /// Whether its ADD came to its end, and no undo has begun.
    boolean isWhole() {
        return results.isPresent() && !detaching && undone.isEmpty();
    }

    /// Whether an interface is the one the runtime names the sandbox by.
    boolean owns(String ifName) {
        return plan.attachments().getFirst().id().ifName().equals(ifName);
    }
}
