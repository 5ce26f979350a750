package io.patchbay.meta.delegate;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.util.Set;

/// An address source that cannot work, and says why. Nothing is released by it, and it says so.
record RefusingSource(ErrorCode code, String sentence) implements AddressSource<Loaded.Anything> {
    BoundSource<Loaded.Anything> bound() {
        return new BoundSource<>(this, new Loaded.Anything());
    }

    @Override
    public Class<Loaded.Anything> configType() {
        return Loaded.Anything.class;
    }

    @Override
    public void probe(AttachmentId id, Loaded.Anything config, Wish wish) {
        throw new CniException(code, sentence);
    }

    @Override
    public Lease acquire(AttachmentId id, Loaded.Anything config, Wish wish) {
        throw new CniException(code, sentence);
    }

    @Override
    public void check(AttachmentId id, Loaded.Anything config) {
        throw new CniException(code, sentence);
    }

    @Override
    public void release(AttachmentId id, Loaded.Anything config) {
        throw new CniException(code, sentence);
    }

    @Override
    public void gc(String network, Loaded.Anything config, Set<AttachmentId> valid) {
        throw new CniException(code, sentence);
    }

    @Override
    public void status(String network, Loaded.Anything config) {
        throw new CniException(Standard.UNAVAILABLE, sentence);
    }
}
