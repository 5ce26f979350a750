package io.patchbay.meta.multus;

import io.patchbay.meta.cni.CniRequest;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Sandboxes that another program attached before this node was ours: the journal knows none of
/// them.
public interface Inherited {
    /// Undoes a sandbox. One that is not known is success.
    ///
    /// @param pod the namespace as the runtime passed it
    void del(CniRequest call, Optional<Netns> pod, Instant deadline);

    /// Checks a sandbox, and says whether it is known at all.
    boolean check(CniRequest call, Netns pod, Instant deadline);

    /// Undoes every sandbox that is not valid. It goes on after a failure and throws the first at
    /// the end.
    ///
    /// @param valid tells whether the runtime still knows a container
    void gc(CniRequest call, Predicate<String> valid, Instant deadline);

    /// Every attachment of theirs that is known. Throws where something cannot be read.
    Set<AttachmentId> attachments(CniRequest call);
}
