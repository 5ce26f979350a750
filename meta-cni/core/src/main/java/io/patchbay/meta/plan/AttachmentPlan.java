package io.patchbay.meta.plan;

import io.patchbay.spi.pod.PodRef;
import java.util.List;

/// All that a sandbox is to get, in order; the first attachment is the default network's. It is
/// what the journal holds, so it is made of plain values.
///
/// @param number the sandbox's number: its link group, and the base of its link indexes
/// @param netns CNI_NETNS, and the inode behind it
public record AttachmentPlan(
        String containerId,
        PodRef pod,
        int number,
        String netns,
        long netnsInode,
        List<PlannedAttachment> attachments) {
    public AttachmentPlan {
        attachments = List.copyOf(attachments);
    }
}
