package io.patchbay.vpc.plumbing;

import java.util.Map;

/// A pod's link as the host sees it.
record PodLink(PodRouting routing, String name) {
    /// In IPv4 mode the host's end needs no IPv6: with it, a pod could make itself the node's IPv6
    /// router by an advertisement (CVE-2020-10749).
    Map<String, String> sysctls() {
        return routing.cidr().isIpv6()
                ? Map.of()
                : Map.of("net/ipv6/conf/" + name + "/disable_ipv6", "1");
    }
}
