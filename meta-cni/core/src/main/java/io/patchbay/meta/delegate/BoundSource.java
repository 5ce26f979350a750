package io.patchbay.meta.delegate;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// An address source with the `ipam` section of one step.
///
/// @param overLink whether the addresses are asked for, and given back, over the link itself
/// @param told the section as it is once there is a result, which a foreign binary wants to see
public record BoundSource<S extends Record>(
        AddressSource<S> source, S config, boolean overLink, BiFunction<S, CniResult, S> told) {
    public BoundSource(AddressSource<S> source, S config) {
        this(source, config, false, (same, _) -> same);
    }

    public void probe(AttachmentId id, Wish wish) {
        source.probe(id, config, wish);
    }

    public Lease acquire(AttachmentId id, Wish wish) {
        return source.acquire(id, config, wish);
    }

    public void check(AttachmentId id, CniResult result) {
        source.check(id, told.apply(config, result));
    }

    /// @param result of the ADD, where that came to its end
    public void release(AttachmentId id, Optional<CniResult> result) {
        source.release(id, result.map(known -> told.apply(config, known)).orElse(config));
    }

    public void gc(String network, Set<AttachmentId> valid) {
        source.gc(network, config, valid);
    }

    public void status(String network) {
        source.status(network, config);
    }
}
