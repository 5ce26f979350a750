package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// An address that is not free: it has an owner, or had one until lately and cools.
///
/// @param eni the id of the interface it is assigned to; empty of one of the node's own
/// @param table the routing table of that interface
/// @param link the index of the owner's link on the host, or {@link #NO_LINK}
/// @param coolsUntil empty for as long as the owner has it
/// @param pod whose it is, where that is known
/// @param adopted whether another plugin gave it, before this node was ours: no journal of the core
///   knows its owner
public record Holding(
        InetAddress address,
        AttachmentId owner,
        String eni,
        int table,
        int link,
        Optional<Instant> coolsUntil,
        Optional<PodRef> pod,
        boolean adopted) {
    /// Of an owner that has no link on the host.
    public static final int NO_LINK = 0;

    static final Comparator<Holding> ORDER =
            Comparator.comparing(Holding::family)
                    .thenComparing(
                            holding -> holding.address.getAddress(), Arrays::compareUnsigned);

    /// One that we give.
    Holding(
            InetAddress address,
            AttachmentId owner,
            String eni,
            int table,
            int link,
            Optional<Instant> coolsUntil) {
        this(address, owner, eni, table, link, coolsUntil, Optional.empty(), false);
    }

    /// One of no interface, but of the node's own.
    static Holding ofNode(InetAddress address, AttachmentId owner, PodRef pod, int link) {
        return new Holding(
                address, owner, "", Route.MAIN, link, Optional.empty(), Optional.of(pod), false);
    }

    /// One that goes with a whole interface, or was leased to a link that is none of the host's.
    static Holding leased(
            InetAddress address, AttachmentId owner, String eni, int table, Optional<PodRef> pod) {
        return new Holding(address, owner, eni, table, NO_LINK, Optional.empty(), pod, false);
    }

    /// Whether its owner is another delegate's attachment: the host has neither link nor route for
    /// it.
    public boolean isLeased() {
        return link == NO_LINK && !adopted;
    }

    public Family family() {
        return Family.of(address);
    }

    public boolean isAssigned() {
        return coolsUntil.isEmpty();
    }

    boolean isOver(Instant now) {
        return coolsUntil.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// When its cooldown is over; of an address that has an owner, never.
    Instant end() {
        return coolsUntil.orElse(Instant.MAX);
    }

    Holding cooling(Instant until) {
        return new Holding(address, owner, eni, table, link, Optional.of(until), pod, adopted);
    }
}
