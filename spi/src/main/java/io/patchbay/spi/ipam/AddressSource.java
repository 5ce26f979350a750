package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.AttachmentId;
import java.util.Set;

/// An IPAM: it leases addresses to attachments, and remembers to whom. Safe from any thread.
///
/// @param <C> the record of its `ipam` section
public interface AddressSource<C extends Record> {
    /// The record its section is bound to; the constructor refuses what cannot be.
    Class<C> configType();

    /// Reads only; refuses what {@link #acquire} would, as far as that can be told.
    default void probe(AttachmentId id, C config, Wish wish) {}

    /// Idempotent: an attachment that holds a lease gets the same one. Nothing free is code 11.
    Lease acquire(AttachmentId id, C config, Wish wish);

    /// Throws where the attachment holds no lease.
    void check(AttachmentId id, C config);

    /// Idempotent; works without anything but the id and what the source remembers.
    void release(AttachmentId id, C config);

    /// Releases every lease of a network whose attachment is not in `valid`.
    void gc(String network, C config, Set<AttachmentId> valid);

    /// Throws 50 or 51 where no address can be leased.
    void status(String network, C config);
}
