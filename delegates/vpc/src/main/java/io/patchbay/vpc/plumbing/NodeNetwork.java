package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Eni;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The node's side of its interfaces. Everything is idempotent, and may be repeated to make good
/// what a network manager took away.
public final class NodeNetwork {
    private static final System.Logger LOG = System.getLogger(NodeNetwork.class.getName());

    private final Netns host;
    private final int mtu;

    /// @param mtu of every interface; 0 leaves it as it is
    public NodeNetwork(Netns host, int mtu) {
        this.host = host;
        this.mtu = mtu;
    }

    /// Sets the interfaces up and tells which are ready to carry pods. One that cannot be set up,
    /// or whose link has not appeared yet, is logged and left out.
    public List<EniLink> setUp(List<Eni> enis) {
        List<Link> links = host.rtnl().links();
        List<EniLink> ready = new ArrayList<>();
        for (Eni eni : enis) {
            try {
                Optional<EniLink> link = EniLink.find(eni, links);
                if (link.isEmpty()) {
                    LOG.log(
                            Level.WARNING,
                            "interface {0} is left out: no link has its MAC address {1}",
                            eni.id(),
                            eni.mac());
                } else if (eni.isPrimary()) {
                    ready.add(primary(link.get()));
                } else {
                    ready.add(secondary(link.get()));
                }
            } catch (KernelException e) {
                LOG.log(Level.WARNING, "interface {0} is left out: {1}", eni.id(), e.getMessage());
            }
        }
        return List.copyOf(ready);
    }

    // Strict filtering (rp_filter 1) drops what comes in here for a pod whose replies leave by
    // another interface (ip-sysctl.rst).
    private EniLink primary(EniLink eni) {
        set("net/ipv4/conf/" + eni.name() + "/rp_filter", "2");
        set("net/ipv4/ip_forward", "1");
        return resize(eni);
    }

    private void set(String key, String value) {
        if (host.sysctl().find(key).filter(value::equals).isEmpty()) {
            host.sysctl().set(key, value);
        }
    }

    private EniLink resize(EniLink eni) {
        if (mtu == 0 || mtu == eni.mtu()) {
            return eni;
        }
        host.rtnl().apply(new SetMtu(eni.link(), mtu));
        return eni.withMtu(mtu);
    }

    private EniLink secondary(EniLink found) {
        EniLink eni = resize(found);
        if (!eni.up()) {
            host.rtnl().apply(new SetUp(eni.link(), true));
        }
        address(eni);
        host.rtnl()
                .apply(
                        new EniRouting(eni)
                                .changes(
                                        host.rtnl().routes(eni.eni().table()),
                                        host.rtnl().routes(Route.MAIN),
                                        host.rtnl().rules()));
        return eni;
    }

    /// The link carries the primary address and no other of IPv4: an image's own scripts put the
    /// pods' addresses there, and the host would answer for them.
    private void address(EniLink eni) {
        Cidr own = new Cidr(eni.eni().primary(), eni.eni().subnet().prefix());
        List<Change> others = new ArrayList<>();
        host.rtnl().addresses(eni.link()).stream()
                .filter(address -> !address.isIpv6() && !address.equals(own))
                .forEach(address -> others.add(new DeleteAddress(eni.link(), address)));
        for (Change other : others) {
            Absence.tolerated(host, other);
        }
        // Read again: deleting the first address of a subnet takes the others of it along.
        if (!host.rtnl().addresses(eni.link()).contains(own)) {
            host.rtnl().apply(new AddAddress(eni.link(), own));
        }
    }

    /// The addresses that the main table leads to a link which is none of these.
    public Set<InetAddress> routedElsewhere(Set<Integer> links) {
        return host.rtnl().routes(Route.MAIN).stream()
                .filter(route -> route.gateway().isEmpty() && route.link().isPresent())
                .filter(route -> !links.contains(route.link().orElse(0)))
                .flatMap(route -> ofOneHost(route.destination()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether the host has no link of an index.
    public boolean isGone(int link) {
        return host.rtnl().find(link).isEmpty();
    }

    /// Deletes what is left of the rules of pods that are no more: a rule like ours for an address
    /// that is free.
    ///
    /// @param free the addresses that nobody has
    public void dropRulesOf(Predicate<InetAddress> free) {
        host.rtnl().rules().stream()
                .filter(rule -> ownAddress(rule).filter(free).isPresent())
                .forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
    }

    private static Optional<InetAddress> ownAddress(Rule rule) {
        return switch (rule.priority()) {
            case PodRouting.TO_POD -> rule.to().flatMap(NodeNetwork::ofOneHost);
            case PodRouting.FROM_POD -> rule.from().flatMap(NodeNetwork::ofOneHost);
            default -> Optional.empty();
        };
    }

    private static Optional<InetAddress> ofOneHost(Cidr prefix) {
        return Optional.of(prefix.address()).filter(address -> prefix.equals(Cidr.host(address)));
    }
}
