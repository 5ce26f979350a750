package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.SetArpNotify;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A link that exists in a pod, and the lease it is to carry: how it gets it, how ADD tells it, and
/// how CHECK finds it again. For delegates that make a link and leave its addresses to an IPAM.
///
/// @param index of the link in the pod; it is the link's identity
/// @param name of the link, for messages and for CHECK
public record LeasedLink(int index, String name, Lease lease) {

    /// RetransTimer of RFC 4861, for which RFC 4862 waits. RFC 5227 waits some seconds longer for
    /// ARP, for networks slower than those that pods are on.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// The link as a result tells it: its addresses, and all the result's routes.
    public static LeasedLink of(int index, String name, CniResult result) {
        List<Ip> ips = result.ips().stream().filter(ip -> isOf(name, ip, result)).toList();
        return new LeasedLink(index, name, new Lease(ips, result.routes(), Optional.empty()));
    }

    private static boolean isOf(String name, Ip ip, CniResult result) {
        return ip.link().stream()
                .filter(position -> position < result.interfaces().size())
                .mapToObj(result.interfaces()::get)
                .anyMatch(link -> link.name().equals(name) && !link.sandbox().isEmpty());
    }

    /// Sets the link up, then adds the addresses, then the routes. A route without a gateway goes
    /// through the first gateway of its family, unless its scope says that it has none. A route
    /// comes behind one of the same destination that is there already: without a priority behind
    /// all of them, with one behind its equal. What the kernel refuses because of the lease is code
    /// 7; an address that a dying link of the same parent still holds is code 11.
    public void configure(Netns pod) {
        prepareIpv6(pod);
        addLease(pod);
    }

    private void addLease(Netns pod) {
        List<Change> changes = new ArrayList<>();
        changes.add(new SetUp(index, true));
        // Neighbours hear from the kernel when the link gets another MAC address, its parent's say,
        // or goes up again (inetdev_event in net/ipv4/devinet.c).
        if (isLeased(false)) {
            changes.add(new SetArpNotify(index, true));
        }
        lease.ips().forEach(ip -> changes.add(new AddAddress(index, ip.address())));
        LeasedRoutes.behindThoseOf(pod, this).forEach(route -> changes.add(new AddRoute(route)));
        try {
            pod.rtnl().apply(changes);
        } catch (KernelException e) {
            throw LeaseRefusal.of(this, e);
        }
    }

    /// As {@link #configure}, but only once nobody else on the link has answered for an address of
    /// the lease within a second: what the reference plugins mean by `enabledad`, for both
    /// families. An address that is taken is code 11, for its owner may leave, and an IPAM that
    /// goes round gives the next attempt another one.
    public void configureIfFree(Netns pod) {
        prepareIpv6(pod);
        pod.rtnl().apply(new SetUp(index, true));
        refuseTaken(pod, index);
        addLease(pod);
    }

    /// Throws code 11 where somebody answers for an address of the lease within a second.
    ///
    /// @param link to ask on: this one, or the parent whose MAC address it shares (ipvlan), for
    ///   that is where the answers go
    public void refuseTaken(Netns netns, int link) {
        netns.announcer()
                .claim(link, lease.ips().stream().map(this::address).toList(), PATIENCE)
                .ifPresent(claim -> {
                    throw LeaseRefusal.taken(this, claim);
                });
    }

    /// Tells the neighbours about the addresses; not for links without ARP, such as ipvlan's in
    /// mode l3.
    public void announce(Netns pod) {
        if (!lease.ips().isEmpty()) {
            pod.announcer().announce(index, lease.ips().stream().map(this::address).toList());
        }
    }

    /// What ADD answers: the links, where this one is among them, and the lease on it.
    public CniResult result(List<Interface> links) {
        OptionalInt position =
                IntStream.range(0, links.size())
                        .filter(i -> links.get(i).name().equals(name))
                        .filter(i -> !links.get(i).sandbox().isEmpty())
                        .findFirst();
        List<Ip> ips =
                lease.ips().stream()
                        .map(ip -> new Ip(ip.address(), ip.gateway(), position))
                        .toList();
        return new CniResult(links, ips, lease.routes(), lease.dns().orElse(CniResult.Dns.EMPTY));
    }

    /// Throws code 100 where the link is gone, down, has another name, or lacks an address or a
    /// route; a route that a later plugin moved to another table in use is there.
    ///
    /// @return the link as it is now
    public Link check(Netns pod) {
        Link link = pod.rtnl().find(index).orElseThrow(() -> missing(pod));
        if (!link.name().equals(name)) {
            throw CniException.changed(
                    "link %d of %s should be named %s, and is named %s"
                            .formatted(index, pod.path(), name, link.name()));
        }
        if (!link.up()) {
            throw CniException.changed(
                    "link %s of %s should be up, and is down".formatted(name, pod.path()));
        }
        List<Cidr> addresses = pod.rtnl().addresses(index);
        for (Ip ip : lease.ips()) {
            if (!addresses.contains(ip.address())) {
                throw CniException.changed(
                        "link %s of %s should have address %s, and has %s"
                                .formatted(name, pod.path(), ip.address(), addresses));
            }
        }
        LeasedRoutes.check(pod, this);
        return link;
    }

    Optional<InetAddress> gateway(boolean ipv6) {
        return lease.ips().stream()
                .filter(ip -> ip.address().isIpv6() == ipv6)
                .flatMap(ip -> ip.gateway().stream())
                .findFirst();
    }

    /// The routes as the kernel takes them.
    List<Route> routes() {
        return lease.routes().stream().map(told -> LeasedRoutes.of(told, this)).toList();
    }

    private CniException missing(Netns pod) {
        return CniException.changed(
                "link %s (index %d) should be in %s, and is not there"
                        .formatted(name, index, pod.path()));
    }

    private InetAddress address(Ip ip) {
        return ip.address().address();
    }

    private boolean isLeased(boolean ipv6) {
        return lease.ips().stream().anyMatch(ip -> ip.address().isIpv6() == ipv6);
    }

    /// What the kernel is to do for addresses of IPv6, by one visit to the pod. A runtime may have
    /// disabled them on every new link. A link that goes down, for another MAC address say, would
    /// lose them, and keeps those of IPv4. Where there are no such keys the kernel has no IPv6 at
    /// all, and says so better than we could. Neighbours hear as they do of IPv4
    /// (ndisc_netdev_event in net/ipv6/ndisc.c).
    private void prepareIpv6(Netns pod) {
        if (!isLeased(true)) {
            return;
        }
        String keys = "net/ipv6/conf/" + name + "/";
        try {
            pod.sysctl()
                    .set(
                            Map.of(
                                    keys + "disable_ipv6", "0",
                                    keys + "keep_addr_on_down", "1",
                                    keys + "ndisc_notify", "1"));
        } catch (KernelException e) {
            if (e.errno() != KernelException.ENOENT) {
                throw e;
            }
        }
    }
}
