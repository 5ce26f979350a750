package io.patchbay.vpc;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Holding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gets an attachment its addresses. Where the pool can grow it waits for that for a while; what
/// cannot be had is code 11, and what never can code 7.
///
/// @param provisioner empty where the pool is what others have assigned
record Acquisition(
        Addresses addresses,
        Supply supply,
        Neighbourhood neighbourhood,
        Distress distress,
        Optional<Provisioner> provisioner,
        InstantSource clock) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration HOPELESS_WAIT = Duration.ofSeconds(3);
    static final Duration TIME_TO_ATTACH = Duration.ofSeconds(3);

    /// Refuses what is known to be in vain, before anything is done.
    void probe(AttachmentId id, List<Want> wants) {
        for (Want want : wants) {
            neighbourhood
                    .refusal(want.demand().config())
                    .ifPresent(why -> {
                        throw CniException.invalidConfig(why);
                    });
            if (provisioner.isEmpty()) {
                refuseExhausted(id, want.demand());
            }
        }
    }

    /// Where nothing is ordered: code 11 when nothing is free and the cloud tells of nothing new.
    private void refuseExhausted(AttachmentId id, Demand demand) {
        Reading seen = supply.last();
        if (addresses.refusal(id, demand).isPresent()) {
            try {
                supply.readSince(seen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CniException.tryAgain(
                        "interrupted while another pod waits for the cloud's answer");
            }
            addresses
                    .refusal(id, demand)
                    .ifPresent(why -> {
                        throw exhausted(demand, why);
                    });
        }
    }

    /// @return in the order of what is wanted
    List<Holding> acquire(Claimant claimant, List<Want> wants) {
        Instant begun = clock.instant();
        List<Holding> all = new ArrayList<>();
        for (Want want : wants) {
            if (provisioner.isEmpty()) {
                refuseExhausted(claimant.id(), want.demand());
            }
            all.addAll(acquire(claimant, want, begun));
        }
        return List.copyOf(all);
    }

    private List<Holding> acquire(Claimant claimant, Want want, Instant begun) {
        Demand demand = want.demand();
        List<Holding> held =
                addresses.await(
                        claimant.id(),
                        claimant.pod(),
                        demand,
                        want.count(),
                        claimant.link(),
                        () -> patience(claimant, demand.config(), begun));
        if (held.size() < want.count()) {
            throw exhausted(
                    demand,
                    addresses
                            .refusal(claimant.id(), demand)
                            .orElseGet(() ->
                                    held.isEmpty()
                                            ? "another pod took the last free address"
                                            : "%d of %d addresses are there"
                                                    .formatted(held.size(), want.count())));
        }
        return held;
    }

    /// Not long once EC2 has refused what will be refused again and nothing else is under way, and
    /// not at all where it is not asked.
    private Duration patience(Claimant claimant, EniConfig config, Instant begun) {
        if (provisioner.isEmpty()) {
            return Duration.ZERO;
        }
        Instant end =
                provisioner
                        .get()
                        .hopelessSince(config)
                        .map(since -> (since.isAfter(begun) ? since : begun).plus(HOPELESS_WAIT))
                        .filter(soon -> soon.isBefore(begun.plus(LONGEST_WAIT)))
                        .orElse(begun.plus(LONGEST_WAIT));
        Instant latest = claimant.deadline().minus(TIME_TO_ATTACH);
        return Duration.between(begun, end.isBefore(latest) ? end : latest);
    }

    private CniException exhausted(Demand demand, String why) {
        return CniException.tryAgain(
                (demand.equals(Demand.NODE) ? "" : demand + ": ")
                        + why
                        + supply.trouble().map(sentence -> "; " + sentence).orElse("")
                        + distress.why(demand.config()).map(e -> "; " + e.getMessage()).orElse(""));
    }
}
