package io.patchbay.meta.delegate;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.util.Set;

/// An address source with the `ipam` section of one step.
public record BoundSource<S extends Record>(AddressSource<S> source, S config) {
    public Lease acquire(AttachmentId id, Wish wish) {
        return source.acquire(id, config, wish);
    }

    public void check(AttachmentId id) {
        source.check(id, config);
    }

    public void release(AttachmentId id) {
        source.release(id, config);
    }

    public void gc(String network, Set<AttachmentId> valid) {
        source.gc(network, config, valid);
    }

    public void status(String network) {
        source.status(network, config);
    }
}
