package io.patchbay.spi;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Optional;

/// One step of one attachment, as DEL sees it: what the journal remembers.
///
/// @param <C> the record of the network's configuration
public interface Detachment<C extends Record> {
    AttachmentId id();

    int step();

    PodRef pod();

    /// Empty when this version refuses what an earlier one journaled.
    Optional<C> config();

    /// The final result of the chain, as the sandbox's ADD gave it; empty when that failed or never
    /// came to an end.
    Optional<CniResult> result();

    Netns host();

    int group();

    /// As {@link Attachment#ifindex}.
    int ifindex(int n);

    Instant deadline();
}
