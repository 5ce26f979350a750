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

/// The source/destination check of each interface, and its security groups, as rules. What a group
/// permits is judged at the first packet of a connection: groups are stateful.
record Filter(Ruleset rules) {
    /// Before the routing decision, so that nothing else drops what is to be counted. The verdict
    /// `accept` ends a chain with a hook and not the next of the same hook: so each check has one.
    static final String TABLE =
            """
            table ip vpc {
                set assigned { type ifname . ipv4_addr; flags interval; }
                set unchecked { type ifname; }
                map ingress { type ifname : verdict; }
                map egress { type ifname : verdict; }
                counter foreign_source { }
                counter foreign_destination { }
                counter groups { }
                chain prerouting {
                    type filter hook prerouting priority raw; policy accept;
                    iifname != "eni*" accept
                    iifname . ip saddr @assigned accept
                    iifname @unchecked accept
                    counter name foreign_source drop
                }
                chain destination {
                    type filter hook forward priority filter; policy accept;
                    oifname . ip daddr @assigned accept
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
                }
                chain ingress_internet {
                    type filter hook output priority filter + 20; policy accept;
                    ct state established,related accept
                    ip saddr 198.51.100.1 oifname vmap @ingress
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
        rules.sets().add(members(group.id()));
        rules.chains().put("in-" + group.id(), permitted(group.ingress(), "ip saddr "));
        rules.chains().put("out-" + group.id(), permitted(group.egress(), "ip daddr "));
    }

    private static String members(String group) {
        return "members-" + group;
    }

    private List<String> permitted(List<Permission> permissions, String peer) {
        List<String> lines = new ArrayList<>();
        for (Permission permission : permissions) {
            permission.groups().forEach(group -> rules.sets().add(members(group)));
            Stream.concat(
                            permission.cidrs().stream()
                                    .filter(cidr -> !cidr.isIpv6())
                                    .map(cidr -> match(peer, cidr)),
                            permission.groups().stream()
                                    .map(group -> peer + "@" + members(group) + " "))
                    .forEach(from -> lines.add(from + packets(permission) + "accept"));
        }
        return lines;
    }

    private static String match(String peer, Cidr cidr) {
        return cidr.prefix() == 0 ? "" : peer + cidr.network() + " ";
    }

    private static String packets(Permission permission) {
        String protocol = permission.protocol();
        boolean ports = protocol.equals("tcp") || protocol.equals("udp");
        if (ports && (permission.from() != 0 || permission.to() != LAST_PORT)) {
            return "%s dport %d-%d ".formatted(protocol, permission.from(), permission.to());
        }
        return protocol.equals("-1") ? "" : "meta l4proto " + protocol + " ";
    }

    private void member(NetworkInterface eni) {
        for (String group : eni.groups()) {
            if (rules.sets().contains(members(group))) {
                Port.blocks(eni).forEach(block -> rules.element(members(group), block));
            }
        }
    }

    private void port(Vpc vpc, Port port) {
        String name = "\"" + port.name() + "\"";
        Port.blocks(port.eni()).forEach(block -> rules.element("assigned", name + " . " + block));
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
