package io.patchbay.bridge;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// What makes a node a router.
final class Forwarding {
    private Forwarding() {}

    /// Lets the host forward the families that the addresses are of.
    static void enable(Netns host, List<Cidr> addresses) {
        if (addresses.stream().anyMatch(address -> !address.isIpv6())) {
            set(host, "net/ipv4/ip_forward", "1");
        }
        if (addresses.stream().anyMatch(Cidr::isIpv6)) {
            set(host, "net/ipv6/conf/all/forwarding", "1");
        }
    }

    /// A link that is the pods' router, if anything, must not follow what a pod advertises.
    static void ignoreAdvertisements(Netns host, String link) {
        String key = "net/ipv6/conf/" + link + "/accept_ra";
        if (host.sysctl().find(key).isPresent()) {
            host.sysctl().set(key, "0");
        }
    }

    private static void set(Netns host, String key, String value) {
        if (host.sysctl().find(key).filter(value::equals).isEmpty()) {
            host.sysctl().set(key, value);
        }
    }
}
