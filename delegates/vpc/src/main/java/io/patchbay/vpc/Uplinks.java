package io.patchbay.vpc;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.ipam.Uplink.Use;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.pool.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which of the node's interfaces a link of the host is: by its MAC address, never by its name.
record Uplinks(Supply supply, Addresses pool, Netns host) {
    private static final String LEAVE =
            "tag it node.k8s.amazonaws.com/no_manage=true, so that it is left to its network";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// @param managed whether it is one of the pool's
    record Found(Eni eni, boolean managed) {}

    /// The interface that an attachment is to have addresses of. Code 7 where that cannot be, 11
    /// where it is not known yet.
    ///
    /// @param named what the network says
    Found get(Optional<String> named, Optional<Uplink> uplink) {
        uplink.ifPresent(Uplinks::refuseUse);
        Reading seen = supply.last();
        Optional<Eni> eni = find(named, uplink, seen);
        if (eni.isEmpty()) {
            eni = find(named, uplink, readSince(seen));
        }
        Eni found = eni.orElseThrow(() -> unknown(named, uplink));
        uplink.flatMap(Uplink::link).ifPresent(link -> refuseUpper(link, found));
        return judged(found, uplink.map(Uplink::use));
    }

    /// One that an attachment has an address of already.
    Found get(String id) {
        return supply.last().told().stream()
                .filter(eni -> eni.id().equals(id))
                .findFirst()
                .map(eni -> new Found(eni, pool.pool().eni(id).isPresent()))
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "interface %s is not told of by instance metadata".formatted(id)));
    }

    private Reading readSince(Reading seen) {
        try {
            supply.readSince(seen);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return supply.last();
    }

    private static void refuseUse(Uplink uplink) {
        String link = uplink.link().map(Link::name).orElse("the device");
        switch (uplink.use()) {
            case OWN_MAC ->
                    throw CniException.invalidConfig(
                            "a link on %s would have a MAC address of its own, and the VPC drops its frames: use ipvlan, or macvlan of mode passthru"
                                    .formatted(link));
            case TAGGED ->
                    throw CniException.invalidConfig(
                            "a link on %s would send tagged frames, which the VPC drops: use ipvlan"
                                    .formatted(link));
            case ROUTED ->
                    throw CniException.invalidConfig(
                            "the host would route what a link on %s sends, and has no routes for it: use mode l2"
                                    .formatted(link));
            case SHARED, ALONE, GIVEN -> {}
        }
    }

    private static Optional<Eni> find(
            Optional<String> named, Optional<Uplink> uplink, Reading reading) {
        Optional<MacAddress> mac =
                uplink.flatMap(Uplink::link).flatMap(link -> link.permanentMac().or(link::mac));
        if (mac.isEmpty() && named.isEmpty()) {
            throw CniException.invalidConfig(
                    "%s: name the interface as \"ipam.eni\""
                            .formatted(
                                    uplink.isPresent()
                                            ? "a device without a link does not tell which interface it is"
                                            : "this type of network does not tell which link of the host its packets leave by"));
        }
        return reading.told().stream()
                .filter(eni -> mac.map(eni.mac()::equals).orElseGet(() -> is(eni, named)))
                .findFirst()
                .map(eni -> agreed(eni, named, uplink));
    }

    private static boolean is(Eni eni, Optional<String> named) {
        return named.filter(eni.id()::equals).isPresent();
    }

    private static Eni agreed(Eni eni, Optional<String> named, Optional<Uplink> uplink) {
        if (named.isPresent() && !is(eni, named)) {
            throw CniException.invalidConfig(
                    "\"ipam.eni\" is \"%s\", and link %s is interface %s: name one of them"
                            .formatted(
                                    named.get(),
                                    uplink.flatMap(Uplink::link).map(Link::name).orElse("-"),
                                    eni.id()));
        }
        return eni;
    }

    private CniException unknown(Optional<String> named, Optional<Uplink> uplink) {
        Reading reading = supply.last();
        List<String> there = reading.told().stream().map(Eni::id).toList();
        return reading.trouble()
                .filter(_ -> there.isEmpty())
                .map(why -> CniException.tryAgain("no interface is known yet: " + why))
                .orElseGet(() ->
                        CniException.invalidConfig(
                                "%s is none of this node's interfaces, %s: name one of them"
                                        .formatted(
                                                uplink.flatMap(Uplink::link)
                                                        .map(link -> "link " + link.name())
                                                        .or(() -> named)
                                                        .orElse("-"),
                                                there)));
    }

    /// A VLAN or another link on it has the same MAC address.
    private void refuseUpper(Link link, Eni eni) {
        EniLink.find(eni, host.rtnl().links())
                .filter(own -> own.link() != link.index())
                .ifPresent(own -> {
                    throw CniException.invalidConfig(
                            "link %s has the MAC address of interface %s, and is not its link, which is %s: name that"
                                    .formatted(link.name(), eni.id(), own.name()));
                });
    }

    /// EC2's, of what an interface is tagged with: after a start it comes later than the first ADD.
    private void awaitWord(String eni) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long seen = 0;
        try {
            while (!isJudged(eni) && System.nanoTime() < end) {
                seen = pool.awaitChange(seen, Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private boolean isJudged(String eni) {
        Reading reading = supply.last();
        return reading.roles().containsKey(eni) || reading.find(eni).isPresent();
    }

    private static CniException interrupted() {
        Thread.currentThread().interrupt();
        return CniException.tryAgain("interrupted while the interfaces are asked for");
    }

    private Found judged(Eni eni, Optional<Use> use) {
        awaitWord(eni.id());
        Reading reading = supply.last();
        Role role = reading.roles().get(eni.id());
        if (role == Role.TRUNK) {
            throw CniException.invalidConfig(
                    "interface %s is the trunk of pods with security groups of their own: name another one"
                            .formatted(eni.id()));
        }
        if (reading.isUnmanaged(eni.id())) {
            return new Found(eni, false);
        }
        if (role == Role.EXCLUDED && !eni.isPrimary()) {
            throw CniException.invalidConfig(
                    "interface %s is of a subnet that is excluded, and is given up soon: %s"
                            .formatted(eni.id(), LEAVE));
        }
        if (reading.find(eni.id()).isEmpty()) {
            throw CniException.tryAgain(
                    "interface %s is not ready, or EC2 has not told yet what it is tagged with"
                            .formatted(eni.id()));
        }
        if (use.filter(how -> how == Use.GIVEN || how == Use.ALONE).isPresent()) {
            throw CniException.invalidConfig(
                    "interface %s carries pods of the node, and cannot be one pod's alone: %s"
                            .formatted(
                                    eni.id(),
                                    eni.isPrimary()
                                            ? "it is the node's own, name another"
                                            : LEAVE));
        }
        return new Found(eni, true);
    }
}
