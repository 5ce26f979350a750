package io.patchbay.meta.attach;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Optional;

/// What the journal remembers of a sandbox.
///
/// @param results each step's result, by its position; empty unless the ADD came to its end
public record Sandbox(AttachmentPlan plan, Optional<List<CniResult>> results) {
    /// Whether an interface is the one the runtime names the sandbox by.
    boolean owns(String ifName) {
        return plan.attachments().getFirst().id().ifName().equals(ifName);
    }
}
