package io.patchbay.meta.delegate;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A planned step with the delegate that makes it and its configuration as a record.
///
/// @param config empty only on DEL, where the delegate may refuse by now what an earlier version
///   took
/// @param addresses where its addresses come from; empty without an `ipam` section
/// @param dns what a native delegate's lease says of resolvers, whatever the IPAM says
public record BoundStep<C extends Record>(
        PlannedAttachment attachment,
        PlannedStep step,
        Delegate<C> delegate,
        Optional<C> config,
        Optional<BoundSource<?>> addresses,
        Optional<CniResult.Dns> dns) {
    /// What the binaries complained of that were called for it.
    public List<Complaint> complaints() {
        return Stream.concat(config.stream(), addresses.map(BoundSource::config).stream())
                .filter(ForeignConfig.class::isInstance)
                .map(ForeignConfig.class::cast)
                .flatMap(called -> called.complaints().all().stream())
                .toList();
    }
}
