package io.patchbay.spi;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One kind of attachment. Calls are concurrent over sandboxes and serial within one; they block,
/// and are interrupted at the deadline. Refusals are {@link io.patchbay.spi.cni.CniException}; a
/// {@link io.patchbay.spi.net.KernelException} that is let through becomes code 999.
///
/// @param <C> the record of a network's configuration
public interface Delegate<C extends Record> extends AutoCloseable {
    /// Called once, after the journal was reconciled and before requests are taken; it may change
    /// the host.
    default void start() {}

    /// Reads kernel or cloud, changes nothing, and refuses what `add` could not do. All steps of
    /// all attachments are probed before the first effect.
    default void probe(Attachment<C> attachment, Netns pod) {}

    /// Makes the attachment. When it throws, the core calls `del`: it needs no clean-up of its own.
    Attached add(Attachment<C> attachment, Netns pod);

    /// Throws where the attachment is not as `add` left it; changes later in the chain are fine.
    void check(Attachment<C> attachment, Netns pod);

    /// Undoes a whole, half or crashed `add`. Idempotent. Links made with the sandbox's group are
    /// deleted by the core once every step's `del` is done, so this is for what is left: rules,
    /// routes, nft, files, devices that were moved.
    ///
    /// @param pod empty when the namespace is gone
    void del(Detachment<C> detachment, Optional<Netns> pod);

    /// Undoes what this delegate took over of a sandbox that another program attached before this
    /// node was ours: no journal of the core knows it. Every delegate is called at the DEL of a
    /// sandbox that the core does not know; one that this delegate does not know either is success.
    /// Idempotent. Where it throws, the DEL fails, and the runtime sends it again.
    ///
    /// A delegate that cannot be made is not called. It finds what was missed at its next start.
    ///
    /// @param pod the namespace as the runtime passed it; empty when it is gone
    default void delInherited(String containerId, Optional<Netns> pod, Instant deadline) {}

    /// Whether this delegate took over such a sandbox, and still has something of it. From memory.
    /// A CHECK of it is success then: how it was attached is the other program's to know.
    default boolean inherits(String containerId) {
        return false;
    }

    /// Removes what the network still holds for attachments that are not valid. The core has run
    /// `del` for all it remembers; this is for what nobody does.
    default void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {}

    /// Throws code 50 where an ADD would fail, 51 where living pods suffer too.
    default void status(NetworkConfig<C> network) {}

    /// The addresses this delegate offers to others under its own type (`"ipam": {"type": …}`).
    default Optional<AddressSource<?>> addresses() {
        return Optional.empty();
    }

    /// What `patchbay show TYPE` prints.
    default List<Table> tables() {
        return List.of();
    }

    @Override
    default void close() {}
}
