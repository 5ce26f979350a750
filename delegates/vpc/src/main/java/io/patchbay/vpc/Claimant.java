package io.patchbay.vpc;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.pool.Holding;
import java.time.Instant;
import java.util.Optional;

/// Who asks for addresses.
///
/// @param pod where that is known
/// @param link the index of its link on the host, or {@link Holding#NO_LINK}
record Claimant(AttachmentId id, Optional<PodRef> pod, int link, Instant deadline) {
    static Claimant of(Attachment<?> attachment) {
        return new Claimant(
                attachment.id(),
                Optional.of(attachment.pod()),
                attachment.ifindex(0),
                attachment.deadline());
    }

    /// Another delegate's attachment. It is interrupted at its deadline, which nobody tells.
    static Claimant leasing(AttachmentId id, Optional<PodRef> pod) {
        return new Claimant(id, pod, Holding.NO_LINK, Instant.MAX);
    }
}
