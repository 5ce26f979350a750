package io.patchbay.meta.jar;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.util.Objects;
import java.util.Set;

/// A third party's address source, of which no call takes anything with it. What interrupts the
/// caller at its deadline interrupts the call.
record ContainedSource<C extends Record>(AddressSource<C> whole, Calls calls)
        implements AddressSource<C> {
    @Override
    public Class<C> configType() {
        return calls.get(Verb.CREATE, () -> Objects.requireNonNull(whole.configType()));
    }

    @Override
    public void probe(AttachmentId id, C config, Wish wish) {
        calls.run(Verb.PROBE, () -> whole.probe(id, config, wish));
    }

    @Override
    public Lease acquire(AttachmentId id, C config, Wish wish) {
        return calls.get(
                Verb.ACQUIRE,
                () ->
                        Objects.requireNonNull(
                                whole.acquire(id, config, wish), "acquire returned null"));
    }

    @Override
    public void check(AttachmentId id, C config) {
        calls.run(Verb.CHECK, () -> whole.check(id, config));
    }

    @Override
    public void release(AttachmentId id, C config) {
        calls.run(Verb.RELEASE, () -> whole.release(id, config));
    }

    @Override
    public void gc(String network, C config, Set<AttachmentId> valid) {
        calls.run(Verb.GC, () -> whole.gc(network, config, valid));
    }

    @Override
    public void status(String network, C config) {
        calls.run(Verb.STATUS, () -> whole.status(network, config));
    }
}
