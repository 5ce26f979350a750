package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The node's one table of nftables, as the transaction that puts it in the place of what is there.
/// Nothing in it is of one pod alone. A pod's packet is known by its source, which is in a block of
/// an interface: so names of links do not matter, and the table changes with the interfaces only.
///
/// It works beside kube-proxy, whether that uses iptables or nftables, by its priorities. What
/// comes in is marked before destinations are translated (`mangle` is before `dstnat`), so that it
/// is seen whether it was for the node; what pods send is marked after that (`dstnat + 10`), when a
/// service's address has become that of a pod; and sources are translated after kube-proxy had its
/// say (`srcnat + 10`). Only the first packet of a connection gets there, so answers are never
/// translated.
record EgressTable(
        EgressPolicy policy, EniLink primary, Collection<Cidr> vpc, Collection<Cidr> pods) {
    static final String FAMILY = "ip";
    static final String NAME = "patchbay-vpc";

    private static final String FRAME =
            """
            table ip patchbay-vpc
            delete table ip patchbay-vpc
            table ip patchbay-vpc {
                set inside {
                    type ipv4_addr; flags interval;%s
                }
                set pods {
                    type ipv4_addr; flags interval;%s
                }
            %s}
            """;

    private static final String ARRIVALS =
            """
                chain arrivals {
                    type filter hook prerouting priority mangle; policy accept;
                    iifname "%1$s" ct direction original fib daddr . iif type local ct mark set ct mark | %2$s
                }
            """;

    private static final String DEPARTURES =
            """
                chain departures {
                    type filter hook prerouting priority dstnat + 10; policy accept;
            %s    }
            """;

    private static final String ANSWER =
            """
                    ip saddr @pods ct direction reply ct mark & %1$s == %1$s meta mark set meta mark | %1$s
            """;

    private static final String OUTWARD =
            """
                    ip saddr @pods ct direction original ip daddr != @inside fib daddr type != local meta mark set meta mark | %1$s
            """;

    private static final String TRANSLATION =
            """
                chain translation {
                    type nat hook postrouting priority srcnat + 10; policy accept;
                    meta mark & %1$s == %1$s ip saddr @pods ip daddr != @inside snat to %2$s%3$s
                }
            """;

    /// Empty where no table is needed.
    String text() {
        if (!policy.marks()) {
            return "";
        }
        String mark = "0x%x".formatted(policy.mark());
        List<Cidr> inside = new ArrayList<>(vpc);
        inside.addAll(policy.excluded());
        String departures = "";
        String chains = "";
        if (policy.nodePorts()) {
            chains += ARRIVALS.formatted(primary.name(), mark);
            departures += ANSWER.formatted(mark);
        }
        if (policy.translates()) {
            departures += OUTWARD.formatted(mark);
        }
        chains += DEPARTURES.formatted(departures);
        if (policy.translates()) {
            chains +=
                    TRANSLATION.formatted(
                            mark, Cidr.text(primary.eni().primary()), policy.snat().words());
        }
        return FRAME.formatted(elements(inside), elements(pods), chains);
    }

    private static String elements(Collection<Cidr> blocks) {
        List<Cidr> apart = apart(blocks);
        return apart.isEmpty()
                ? ""
                : apart.stream()
                        .map(Cidr::toString)
                        .collect(Collectors.joining(", ", " elements = { ", " };"));
    }

    /// The blocks of IPv4 without those that are within another: a set takes no overlap.
    static List<Cidr> apart(Collection<Cidr> blocks) {
        List<Cidr> apart = new ArrayList<>();
        blocks.stream()
                .filter(block -> !block.isIpv6())
                .map(Cidr::network)
                .distinct()
                .sorted(Comparator.comparingInt(Cidr::prefix).thenComparing(Cidr::toString))
                .filter(block -> apart.stream().noneMatch(one -> one.contains(block.address())))
                .forEach(apart::add);
        return List.copyOf(apart);
    }
}
