package io.patchbay.meta.plan;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.cni.AttachmentId;
import java.util.List;

/// One network of a sandbox, with the chain of plugins that make it.
///
/// @param title see {@link SelectedNetwork#title}
public record PlannedAttachment(
        AttachmentId id,
        String title,
        CniVersion version,
        boolean disableCheck,
        List<PlannedStep> steps) {
    public PlannedAttachment {
        steps = List.copyOf(steps);
    }
}
