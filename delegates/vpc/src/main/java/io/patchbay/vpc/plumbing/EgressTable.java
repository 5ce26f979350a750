package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The node's one table of nftables in a family, as the transaction that puts it in the place of
/// what is there. Nothing in it is of one pod alone. A pod's packet is known by its source, which
/// is in a block of an interface: so names of links do not matter, and the table changes with the
/// interfaces only.
///
/// It works beside kube-proxy, whether that uses iptables or nftables, by its priorities. What
/// comes in is marked before destinations are translated (`mangle` is before `dstnat`), so that it
/// is seen whether it was for the node; what pods send is marked after that (`dstnat + 10`), when a
/// service's address has become that of a pod; and sources are translated after kube-proxy had its
/// say (`srcnat + 10`). Only the first packet of a connection gets there, so answers are never
/// translated.
///
/// @param second the block of the pods' addresses that are the node's own, if there is one: what
///   they send has the node's address, and nobody calls them, their neighbours neither
record EgressTable(
        EgressPolicy policy,
        Family family,
        EniLink primary,
        Collection<Cidr> vpc,
        Collection<Cidr> pods,
        Optional<Cidr> second) {
    static final String NAME = "patchbay-vpc";

    private static final String FRAME =
            """
            table %1$s patchbay-vpc
            delete table %1$s patchbay-vpc
            table %1$s patchbay-vpc {
            %2$s}
            """;

    private static final String SET =
            """
                set %s {
                    type %s; flags interval;%s
                }
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
                    %1$s saddr @pods ct direction reply ct mark & %2$s == %2$s meta mark set meta mark | %2$s
            """;

    private static final String OUTWARD =
            """
                    ip saddr @pods ct direction original ip daddr != @inside fib daddr type != local meta mark set meta mark | %1$s
            """;

    private static final String TRANSLATION =
            """
                chain translation {
                    type nat hook postrouting priority srcnat + 10; policy accept;
            %s    }
            """;

    private static final String OUTSIDE =
            """
                    meta mark & %1$s == %1$s ip saddr @pods ip daddr != @inside snat to %2$s%3$s
            """;

    private static final String SECOND =
            """
                    %1$s saddr %2$s %1$s daddr != %3$s snat to %4$s%5$s
            """;

    private static final String REFUSAL =
            """
                chain refusal {
                    type filter hook forward priority filter; policy accept;
                    %s daddr %s ct state new reject
                }
            """;

    /// nft's name of the family.
    static String word(Family family) {
        return switch (family) {
            case IPV4 -> "ip";
            case IPV6 -> "ip6";
        };
    }

    /// Empty where no table is needed.
    String text() {
        String body = sets() + arrivals() + departures() + translation() + refusal();
        return body.isEmpty() ? "" : FRAME.formatted(word(family), body);
    }

    private String mark() {
        return "0x%x".formatted(policy.mark());
    }

    /// On a node without IPv6 there is nothing of it to mark.
    private boolean marks() {
        return policy.marks(family)
                && (family == Family.IPV4
                        || pods.stream().anyMatch(block -> Family.of(block) == family));
    }

    private boolean translates() {
        return family == Family.IPV4 && policy.translates();
    }

    private String sets() {
        if (!marks()) {
            return "";
        }
        List<Cidr> inside = new ArrayList<>(vpc);
        inside.addAll(policy.excluded());
        return set("inside", inside) + set("pods", pods);
    }

    private String set(String name, Collection<Cidr> blocks) {
        List<Cidr> apart = apart(blocks);
        String elements =
                apart.isEmpty()
                        ? ""
                        : apart.stream()
                                .map(Cidr::toString)
                                .collect(Collectors.joining(", ", " elements = { ", " };"));
        String type =
                switch (family) {
                    case IPV4 -> "ipv4_addr";
                    case IPV6 -> "ipv6_addr";
                };
        return SET.formatted(name, type, elements);
    }

    private String arrivals() {
        return marks() && policy.nodePorts() ? ARRIVALS.formatted(primary.name(), mark()) : "";
    }

    private String departures() {
        if (!marks()) {
            return "";
        }
        String answer = policy.nodePorts() ? ANSWER.formatted(word(family), mark()) : "";
        return DEPARTURES.formatted(answer + (translates() ? OUTWARD.formatted(mark()) : ""));
    }

    private String translation() {
        String source = primary.own(family).map(own -> Cidr.text(own.address())).orElse("");
        String words = policy.snat().words();
        String rules =
                (translates() ? OUTSIDE.formatted(mark(), source, words) : "")
                        + second.map(block ->
                                        SECOND.formatted(
                                                word(family), block, multicast(), source, words))
                                .orElse("");
        return rules.isEmpty() ? "" : TRANSLATION.formatted(rules);
    }

    private String multicast() {
        return switch (family) {
            case IPV4 -> "224.0.0.0/4";
            case IPV6 -> "ff00::/8";
        };
    }

    private String refusal() {
        return second.map(block -> REFUSAL.formatted(word(family), block)).orElse("");
    }

    /// The family's blocks without those that are within another: a set takes no overlap.
    private List<Cidr> apart(Collection<Cidr> blocks) {
        List<Cidr> apart = new ArrayList<>();
        blocks.stream()
                .filter(block -> Family.of(block) == family)
                .map(Cidr::network)
                .distinct()
                .sorted(Comparator.comparingInt(Cidr::prefix).thenComparing(Cidr::toString))
                .filter(block -> apart.stream().noneMatch(one -> one.contains(block.address())))
                .forEach(apart::add);
        return List.copyOf(apart);
    }
}
