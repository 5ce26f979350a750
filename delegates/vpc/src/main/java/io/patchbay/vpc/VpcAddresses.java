package io.patchbay.vpc;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Holding;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Addresses for links of other delegates: those that EC2 has assigned, or assigns, to the
/// interface by which the link's packets leave. An interface that is wholly the pod's gives its
/// own. The host has neither route nor rule for any of them.
record VpcAddresses(
        Uplinks uplinks,
        Acquisition acquisition,
        Addresses pool,
        Unmanaged unmanaged,
        LinkPolicy links,
        Supply supply)
        implements AddressSource<VpcIpamConfig> {
    @Override
    public Class<VpcIpamConfig> configType() {
        return VpcIpamConfig.class;
    }

    @Override
    public void probe(AttachmentId id, VpcIpamConfig config, Wish wish) {
        if (held(id).findFirst().isEmpty()) {
            Eni eni = uplinks.get(config.eni(), wish.uplink()).eni();
            if (isWhole(wish)) {
                shared(id, eni)
                        .ifPresent(holding -> {
                            throw taken(eni, holding);
                        });
                var _ = own(eni, config);
            } else {
                refuseGiven(id, eni);
            }
        }
    }

    @Override
    public Lease acquire(AttachmentId id, VpcIpamConfig config, Wish wish) {
        // The link of a device may be in the pod by now.
        Uplinks.Found found =
                held(id).findFirst()
                        .map(holding -> uplinks.get(holding.eni()))
                        .orElseGet(() -> uplinks.get(config.eni(), wish.uplink()));
        Claimant claimant = Claimant.leasing(id, pod(wish.args()));
        List<Holding> holdings =
                isWhole(wish)
                        ? whole(claimant, found.eni(), config)
                        : some(claimant, found, config.families(links), config.count().orElse(1));
        return lease(found.eni(), holdings, config);
    }

    private static boolean isWhole(Wish wish) {
        return wish.uplink().filter(uplink -> uplink.use() == Uplink.Use.GIVEN).isPresent();
    }

    private static Optional<PodRef> pod(Map<String, String> args) {
        return Optional.ofNullable(args.get("K8S_POD_NAME"))
                .map(name ->
                        new PodRef(
                                args.getOrDefault("K8S_POD_NAMESPACE", ""),
                                name,
                                args.getOrDefault("K8S_POD_UID", "")));
    }

    private List<Holding> some(
            Claimant claimant, Uplinks.Found found, List<Family> families, int count) {
        refuseGiven(claimant.id(), found.eni());
        List<Holding> all = new ArrayList<>();
        for (Family family : families) {
            Want want = new Want(Demand.of(found.eni(), family), count);
            all.addAll(
                    found.managed()
                            ? acquisition.acquire(claimant, List.of(want))
                            : unmanaged.acquire(claimant, want));
        }
        return all;
    }

    private void refuseGiven(AttachmentId id, Eni eni) {
        unmanaged.addresses().pool().heldOf(eni).stream()
                .filter(holding -> eni.isOwn(holding.address()) && !holding.owner().equals(id))
                .findFirst()
                .ifPresent(holding -> {
                    throw taken(eni, holding);
                });
    }

    private Optional<Holding> shared(AttachmentId id, Eni eni) {
        return unmanaged.addresses().pool().heldOf(eni).stream()
                .filter(holding -> !holding.owner().equals(id))
                .findFirst();
    }

    /// An interface that is a pod's alone has its own addresses.
    private List<Holding> whole(Claimant claimant, Eni eni, VpcIpamConfig config) {
        List<Holding> all = new ArrayList<>();
        for (InetAddress own : own(eni, config)) {
            all.add(
                    unmanaged
                            .addresses()
                            .own(claimant.id(), claimant.pod(), eni, own)
                            .orElseThrow(() ->
                                    shared(claimant.id(), eni)
                                            .map(holding -> taken(eni, holding))
                                            .orElseGet(() ->
                                                    CniException.tryAgain(
                                                            "interface %s was shared until now"
                                                                    .formatted(eni.id())))));
        }
        return all;
    }

    private List<InetAddress> own(Eni eni, VpcIpamConfig config) {
        config.count()
                .filter(count -> count > 1)
                .ifPresent(count -> {
                    throw CniException.invalidConfig(
                            "\"ipam.count\" is %d, and an interface that is a pod's alone has one address of its own of each family: leave the key out"
                                    .formatted(count));
                });
        return config.families(links).stream()
                .map(family ->
                        eni.own(family)
                                .orElseThrow(() ->
                                        CniException.invalidConfig(
                                                "interface %s has no address of its own of %s: give it one, or name other \"ipam.families\""
                                                        .formatted(eni.id(), family))))
                .toList();
    }

    private static CniException taken(Eni eni, Holding holding) {
        return CniException.tryAgain(
                "address %s of interface %s is with %s: it is free after that one's DEL"
                        .formatted(Cidr.text(holding.address()), eni.id(), holding.owner()));
    }

    private static Lease lease(Eni eni, List<Holding> holdings, VpcIpamConfig config) {
        List<CniResult.Route> routes = new ArrayList<>();
        if (holdings.stream().anyMatch(holding -> holding.family() == Family.IPV6)) {
            // As DHCPv6 gives it an address is alone: the subnet is behind the router.
            eni.subnet6()
                    .ifPresent(subnet ->
                            routes.add(
                                    CniResult.Route.of(
                                            subnet, Optional.of(eni.gateway(Family.IPV6)))));
        }
        config.routes().stream().map(VpcIpamConfig.RouteConfig::toRoute).forEach(routes::add);
        return new Lease(
                holdings.stream().map(holding -> ip(eni, holding)).toList(),
                routes,
                Optional.empty());
    }

    private static CniResult.Ip ip(Eni eni, Holding holding) {
        Cidr address =
                switch (holding.family()) {
                    case IPV4 -> new Cidr(holding.address(), eni.subnet().prefix());
                    case IPV6 -> Cidr.host(holding.address());
                };
        return new CniResult.Ip(
                address, Optional.of(eni.gateway(holding.family())), OptionalInt.empty());
    }

    private Stream<Holding> held(AttachmentId id) {
        return held(holding -> holding.owner().equals(id));
    }

    private Stream<Holding> held(Predicate<Holding> which) {
        return Stream.of(pool, unmanaged.addresses())
                .flatMap(addresses -> addresses.pool().holdings().values().stream())
                .filter(holding -> holding.isAssigned() && holding.isLeased())
                .filter(which);
    }

    @Override
    public void check(AttachmentId id, VpcIpamConfig config) {
        List<Holding> holdings = held(id).toList();
        if (holdings.isEmpty()) {
            throw CniException.changed(
                    "%s should have an address of the VPC, and has none".formatted(id));
        }
        for (Holding holding : holdings) {
            Stream.of(pool, unmanaged.addresses())
                    .flatMap(addresses -> addresses.pool().eni(holding.eni()).stream())
                    .filter(eni -> !eni.has(holding.address()) && !eni.isOwn(holding.address()))
                    .findFirst()
                    .ifPresent(eni -> {
                        throw CniException.changed(
                                "address %s of %s should be assigned to interface %s, and is not"
                                        .formatted(Cidr.text(holding.address()), id, eni.id()));
                    });
        }
    }

    @Override
    public void release(AttachmentId id, VpcIpamConfig config) {
        held(id).forEach(this::release);
    }

    /// Of whichever of both it is.
    private void release(Holding holding) {
        pool.release(holding);
        unmanaged.addresses().release(holding);
    }

    @Override
    public void gc(String network, VpcIpamConfig config, Set<AttachmentId> valid) {
        held(holding -> holding.owner().isLeftover(network, valid)).forEach(this::release);
    }

    /// A node whose addresses are all taken is full, and not broken.
    @Override
    public void status(String network, VpcIpamConfig config) {
        List<String> there = supply.last().told().stream().map(Eni::id).toList();
        if (there.isEmpty()) {
            throw new CniException(
                    Standard.UNAVAILABLE,
                    "no interface of this node is known: "
                            + supply.trouble().orElse("instance metadata tells of none"));
        }
        config.eni()
                .filter(id -> !there.contains(id))
                .ifPresent(id -> {
                    throw new CniException(
                            Standard.UNAVAILABLE,
                            "\"ipam.eni\" is \"%s\", and this node has %s: attach it, or name one of them"
                                    .formatted(id, there));
                });
    }
}
