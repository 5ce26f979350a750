package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Optional;

/// A holding on disk, under its address: so no crash can give one address two owners.
///
/// @param coolsUntil milliseconds since 1970; 0 for as long as the owner has it
/// @param pod and `adopted`: as of {@link Holding}; notes of an earlier version have neither
public record AddressNote(
        AttachmentId owner,
        String address,
        String eni,
        int table,
        int link,
        long coolsUntil,
        Optional<PodRef> pod,
        boolean adopted) {

    static AddressNote of(Holding holding) {
        return new AddressNote(
                holding.owner(),
                Cidr.text(holding.address()),
                holding.eni(),
                holding.table(),
                holding.link(),
                holding.coolsUntil().map(Instant::toEpochMilli).orElse(0L),
                holding.pod(),
                holding.adopted());
    }

    Holding holding() {
        return new Holding(
                Cidr.address(address),
                owner,
                eni,
                table,
                link,
                coolsUntil == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(coolsUntil)),
                pod,
                adopted);
    }
}
