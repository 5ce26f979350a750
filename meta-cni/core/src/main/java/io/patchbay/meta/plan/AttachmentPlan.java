package io.patchbay.meta.plan;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// All that a sandbox is to get, in order; the first attachment is the default network's. It is
/// what the journal holds, so it is made of plain values.
///
/// @param number the sandbox's number: its link group, and the base of its link indexes
/// @param netns CNI_NETNS, and the inode behind it
/// @param previous what the plugins before us in the runtime's own chain gave the sandbox: what the
///   default network's first plugin is to pass on
public record AttachmentPlan(
        String containerId,
        PodRef pod,
        int number,
        String netns,
        long netnsInode,
        Optional<CniResult> previous,
        List<PlannedAttachment> attachments) {
    public AttachmentPlan {
        attachments = List.copyOf(attachments);
    }

    /// The same with each step as `change` makes it.
    public AttachmentPlan with(BiFunction<PlannedAttachment, PlannedStep, PlannedStep> change) {
        List<PlannedAttachment> changed =
                attachments.stream()
                        .map(attachment ->
                                attachment.with(
                                        attachment.steps().stream()
                                                .map(step -> change.apply(attachment, step))
                                                .toList()))
                        .toList();
        return new AttachmentPlan(containerId, pod, number, netns, netnsInode, previous, changed);
    }
}
