package io.patchbay.kit.fault;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.util.Set;

/// An address source whose calls pass the {@link Faults}.
public final class FaultySource<C extends Record> implements AddressSource<C> {
    private final AddressSource<C> source;
    private final Faults faults;

    public FaultySource(AddressSource<C> source, Faults faults) {
        this.source = source;
        this.faults = faults;
    }

    private static CniException refusal(String call) {
        return CniException.tryAgain(call + " (injected by the fault rig)");
    }

    @Override
    public Class<C> configType() {
        return source.configType();
    }

    @Override
    public void probe(AttachmentId id, C config, Wish wish) {
        faults.run(
                "probe lease for " + id,
                FaultySource::refusal,
                () -> source.probe(id, config, wish));
    }

    @Override
    public Lease acquire(AttachmentId id, C config, Wish wish) {
        return faults.pass(
                "acquire for " + id, FaultySource::refusal, () -> source.acquire(id, config, wish));
    }

    @Override
    public void check(AttachmentId id, C config) {
        faults.run("check lease of " + id, FaultySource::refusal, () -> source.check(id, config));
    }

    @Override
    public void release(AttachmentId id, C config) {
        faults.run("release of " + id, FaultySource::refusal, () -> source.release(id, config));
    }

    @Override
    public void gc(String network, C config, Set<AttachmentId> valid) {
        faults.run(
                "collect leases of " + network,
                FaultySource::refusal,
                () -> source.gc(network, config, valid));
    }

    @Override
    public void status(String network, C config) {
        source.status(network, config);
    }
}
