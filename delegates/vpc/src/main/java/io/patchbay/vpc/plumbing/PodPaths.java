package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.PodRouting.Reach;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ways to all addresses of a pod's link, of one family or of both, in the order in which they
/// are told. What is of a family, such as the gateway, is there once.
public record PodPaths(List<PodRouting> ways) {
    public PodPaths {
        ways = List.copyOf(ways);
        if (ways.stream().map(way -> List.of(way.hostLink(), way.podLink())).distinct().count()
                != 1) {
            throw new IllegalArgumentException(
                    "%s are not the ways of one link: give each link its own".formatted(ways));
        }
    }

    public static PodPaths of(PodRouting... ways) {
        return new PodPaths(List.of(ways));
    }

    public int hostLink() {
        return ways.getFirst().hostLink();
    }

    public int podLink() {
        return ways.getFirst().podLink();
    }

    boolean isBehindInterface() {
        return ways.stream().anyMatch(way -> way.reach() == Reach.INTERFACE);
    }

    List<Cidr> addresses() {
        return ways.stream().map(PodRouting::cidr).toList();
    }

    /// The addresses as the pod's link gets them, so that of each family the first one is the
    /// source of what the pod sends: of IPv6 the kernel prefers the one that came last
    /// (ipv6_link_dev_addr in net/ipv6/addrconf.c).
    List<Cidr> byArrival() {
        return Stream.concat(
                        addresses().stream().filter(own -> !own.isIpv6()),
                        addresses().reversed().stream().filter(Cidr::isIpv6))
                .toList();
    }

    Set<Family> families() {
        return ways.stream().map(PodRouting::family).collect(Collectors.toUnmodifiableSet());
    }

    List<Route> hostRoutes() {
        return ways.stream().map(PodRouting::hostRoute).toList();
    }

    List<Rule> hostRules() {
        return of(way -> way.hostRules().stream());
    }

    List<Rule> podRules() {
        return of(way -> way.podRule().stream());
    }

    List<Route> podRoutes() {
        return of(way -> way.podRoutes().stream());
    }

    List<Neighbour> neighbours(MacAddress hostMac) {
        return of(way -> Stream.of(way.neighbour(hostMac)));
    }

    private <T> List<T> of(Function<PodRouting, Stream<T>> part) {
        return ways.stream().flatMap(part).distinct().toList();
    }
}
