package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The source/destination check of each interface, of MAC addresses too, and its security groups,
/// as rules. What a group permits is judged at the first packet of a connection: groups are
/// stateful.
record Filter(Ruleset rules) {
    /// Before the routing decision, so that nothing else drops what is to be counted. The verdict
    /// `accept` ends a chain with a hook and not the next of the same hook: so each check has one.
    /// What comes from a link-local address, or from none, is neighbour discovery with the VPC
    /// itself: the kernel forwards neither.
    static final String TABLE =
            """
            table inet vpc {
                set assigned { type ifname . ipv4_addr; flags interval; }
                set assigned6 { type ifname . ipv6_addr; flags interval; }
                set macs { type ifname . ether_addr; }
                set unchecked { type ifname; }
                map ingress { type ifname : verdict; }
                map egress { type ifname : verdict; }
                counter foreign_source { }
                counter foreign_destination { }
                counter groups { }
                counter foreign_mac { }
                chain prerouting {
                    type filter hook prerouting priority raw; policy accept;
                    iifname != "eni*" accept
                    iifname . ether saddr != @macs counter name foreign_mac drop
                    iifname . ip saddr @assigned accept
                    iifname . ip6 saddr @assigned6 accept
                    ip6 saddr { ::, fe80::/10 } accept
                    iifname @unchecked accept
                    counter name foreign_source drop
                }
                chain destination {
                    type filter hook forward priority filter; policy accept;
                    oifname . ip daddr @assigned accept
                    oifname . ip6 daddr @assigned6 accept
                    oifname @unchecked accept
                    counter name foreign_destination drop
                }
                chain egress_forward {
                    type filter hook forward priority filter + 10; policy accept;
                    ct state established,related accept
                    iifname vmap @egress
                }
                chain ingress_forward {
                    type filter hook forward priority filter + 20; policy accept;
                    ct state established,related accept
                    oifname vmap @ingress
                }
                chain egress_internet {
                    type filter hook input priority filter + 10; policy accept;
                    ct state established,related accept
                    ip daddr 198.51.100.1 iifname vmap @egress
                    ip6 daddr 3fff::1 iifname vmap @egress
                }
                chain ingress_internet {
                    type filter hook output priority filter + 20; policy accept;
                    ct state established,related accept
                    ip saddr 198.51.100.1 oifname vmap @ingress
                    ip6 saddr 3fff::1 oifname vmap @ingress
                }
            }
            """;

    private static final String NOTHING_ELSE = "counter name groups drop";
    private static final int LAST_PORT = 65535;

    static Ruleset of(Vpc vpc, Collection<Port> ports) {
        Filter filter = new Filter(Ruleset.fresh());
        vpc.groups().values().forEach(filter::group);
        vpc.interfaces().values().forEach(filter::member);
        ports.forEach(port -> filter.port(vpc, port));
        return filter.rules;
    }

    private void group(SecurityGroup group) {
        members(group.id());
        rules.chains().put("in-" + group.id(), permitted(group.ingress(), "saddr"));
        rules.chains().put("out-" + group.id(), permitted(group.egress(), "daddr"));
    }

    /// One set of each family.
    private void members(String group) {
        for (Family family : Family.values()) {
            rules.sets().put(members(group, family), family.type());
        }
    }

    private static String members(String group, Family family) {
        return family.named("members") + "-" + group;
    }

    private List<String> permitted(List<Permission> permissions, String peer) {
        List<String> lines = new ArrayList<>();
        for (Permission permission : permissions) {
            permission.groups().forEach(this::members);
            Stream.concat(
                            permission.cidrs().stream().map(cidr -> match(peer, cidr)),
                            permission.groups().stream().flatMap(group -> match(peer, group)))
                    .forEach(from -> lines.add(from + packets(permission) + "accept"));
        }
        return lines;
    }

    private static String match(String peer, Cidr cidr) {
        Family family = Family.of(cidr);
        return cidr.prefix() == 0
                ? family.every()
                : "%s %s %s ".formatted(family.header(), peer, cidr.network());
    }

    private static Stream<String> match(String peer, String group) {
        return Stream.of(Family.values())
                .map(family ->
                        "%s %s @%s ".formatted(family.header(), peer, members(group, family)));
    }

    private static String packets(Permission permission) {
        String protocol = permission.protocol();
        boolean ports = protocol.equals("tcp") || protocol.equals("udp");
        if (ports && (permission.from() != 0 || permission.to() != LAST_PORT)) {
            return "%s dport %d-%d ".formatted(protocol, permission.from(), permission.to());
        }
        return switch (protocol) {
            case "-1" -> "";
            case "icmpv6" -> "meta l4proto ipv6-icmp ";
            default -> "meta l4proto " + protocol + " ";
        };
    }

    private void member(NetworkInterface eni) {
        for (String group : eni.groups()) {
            if (rules.sets().containsKey(members(group, Family.IPV4))) {
                eni.assigned()
                        .forEach(block ->
                                rules.element(
                                        members(group, Family.of(block)),
                                        block.network().toString()));
            }
        }
    }

    private void port(Vpc vpc, Port port) {
        String name = "\"" + port.name() + "\"";
        port.eni()
                .assigned()
                .forEach(block ->
                        rules.element(
                                Family.of(block).named("assigned"),
                                name + " . " + block.network()));
        rules.element("macs", name + " . " + port.eni().mac());
        if (!port.eni().sourceDestCheck()) {
            rules.element("unchecked", name);
        }
        gate(vpc, port, "ingress", "in-");
        gate(vpc, port, "egress", "out-");
    }

    private void gate(Vpc vpc, Port port, String map, String way) {
        List<String> lines = new ArrayList<>();
        port.eni().groups().stream()
                .filter(vpc.groups()::containsKey)
                .forEach(group -> lines.add("jump " + way + group));
        lines.add(NOTHING_ELSE);
        rules.chains().put(way + port.name(), lines);
        rules.element(map, "\"%s\" : goto %s".formatted(port.name(), way + port.name()));
    }
}
