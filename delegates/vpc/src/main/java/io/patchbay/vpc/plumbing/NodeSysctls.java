package io.patchbay.vpc.plumbing;

import io.patchbay.vpc.eni.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a node that forwards a family by these interfaces, in the order in which they
/// are to be made. What the node's own setting says of all links, each may unlearn by itself.
record NodeSysctls(List<EniLink> enis, Family family) {
    Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        enis.forEach(eni -> wanted.putAll(before(eni)));
        if (enis.stream().anyMatch(eni -> eni.eni().isPrimary())) {
            wanted.put(
                    switch (family) {
                        case IPV4 -> "net/ipv4/ip_forward";
                        case IPV6 -> "net/ipv6/conf/all/forwarding";
                    },
                    "1");
        }
        enis.forEach(eni -> wanted.put(key(eni, "forwarding"), "1"));
        return wanted;
    }

    private Map<String, String> before(EniLink eni) {
        boolean primary = eni.eni().isPrimary();
        return switch (family) {
            // Strict filtering (rp_filter 1) drops what comes in here for a pod whose answers leave
            // by another interface (ip-sysctl.rst).
            case IPV4 -> primary ? Map.of(key(eni, "rp_filter"), "2") : Map.of();
            // As soon as the node forwards, a link forgets the default route that a router told,
            // unless it takes a router's word in spite of that (accept_ra 2). Of the others'
            // routers
            // nothing is to be learned: they would lead the node's own packets astray.
            case IPV6 ->
                    Map.of(
                            key(eni, "disable_ipv6"),
                            "0",
                            key(eni, "accept_ra"),
                            primary ? "2" : "0");
        };
    }

    private String key(EniLink eni, String setting) {
        String protocol =
                switch (family) {
                    case IPV4 -> "ipv4";
                    case IPV6 -> "ipv6";
                };
        return "net/%s/conf/%s/%s".formatted(protocol, eni.name(), setting);
    }
}
