package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A node as it is meant to be: its interfaces, its pods and its policy. It touches nothing.
///
/// @param enis those whose link is there
/// @param pods those whose link is there
/// @param mtu of every interface; 0 leaves it as it is
record NodeState(List<EniLink> enis, Collection<PodLink> pods, EgressPolicy policy, int mtu) {
    static final int BY_MARK = 1024;
    static final int EXTERNAL = 1535;

    Wanted wanted() {
        Wanted wanted = Wanted.nothing(table());
        Set<Family> families = families();
        // A node without a VPC is not ours to change.
        if (primary().isPresent()) {
            families.stream()
                    .filter(policy::marks)
                    .forEach(family -> wanted.rules().add(marked(family)));
            policy.external()
                    .forEach(block -> wanted.rules().add(Rule.to(block, EXTERNAL, Route.MAIN)));
        }
        enis.forEach(eni -> wanted.links().put(eni.link(), mtu));
        for (Family family : families) {
            List<EniLink> able = enis.stream().filter(eni -> eni.has(family)).toList();
            wanted.sysctls().putAll(new NodeSysctls(able, family).wanted());
            able.forEach(eni -> add(wanted, eni, family));
        }
        pods.forEach(wanted::add);
        return wanted;
    }

    private Optional<EniLink> primary() {
        return enis.stream().filter(eni -> eni.eni().isPrimary()).findFirst();
    }

    /// Those that the node forwards. An interface may have an address of IPv6 that nobody uses.
    private Set<Family> families() {
        Set<Family> families = EnumSet.of(Family.IPV4);
        if (enis.stream().anyMatch(eni -> eni.serves(Family.IPV6))
                || pods.stream().anyMatch(pod -> pod.paths().families().contains(Family.IPV6))
                || second(Family.IPV6).isPresent()) {
            families.add(Family.IPV6);
        }
        return families;
    }

    /// The block of a family out of which pods have an address beside their own of the other.
    Optional<Cidr> second(Family family) {
        boolean other =
                Stream.of(Family.values())
                        .filter(one -> one != family)
                        .anyMatch(one -> enis.stream().anyMatch(eni -> eni.serves(one)));
        return Optional.of(EgressPolicy.ofNode(family))
                .filter(block -> other && policy.second().contains(family))
                .filter(block -> primary().flatMap(eni -> eni.own(family)).isPresent());
    }

    private Rule marked(Family family) {
        return new Rule(
                family == Family.IPV6,
                BY_MARK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                policy.mark(),
                policy.mark(),
                Route.MAIN);
    }

    private static void add(Wanted wanted, EniLink eni, Family family) {
        if (eni.eni().isPrimary()) {
            wanted.primaries().addAll(PrimaryRouting.of(eni, family).stream().toList());
        } else {
            EniRouting routing = new EniRouting(eni, family);
            wanted.addresses().add(routing.carried());
            wanted.routes().addAll(routing.routes());
            routing.rule().ifPresent(wanted.rules()::add);
            routing.connected().ifPresent(wanted.connected()::add);
        }
    }

    /// Without a primary interface nobody knows yet whose address the others get.
    private Optional<String> table() {
        return primary()
                .map(primary ->
                        Stream.of(Family.values())
                                .map(family -> table(primary, family).text())
                                .collect(Collectors.joining()));
    }

    private EgressTable table(EniLink primary, Family family) {
        return new EgressTable(
                policy,
                family,
                primary,
                enis.stream().flatMap(eni -> eni.eni().vpc().stream()).toList(),
                sources(),
                second(family));
    }

    /// A live pod's address may be missing from what the cloud tells.
    private List<Cidr> sources() {
        return Stream.concat(
                        enis.stream().flatMap(eni -> eni.eni().blocks().stream()),
                        pods.stream().flatMap(pod -> pod.paths().addresses().stream()))
                .filter(block -> !EgressPolicy.ofNode(Family.of(block)).contains(block.address()))
                .toList();
    }

    /// What one interface alone needs, apart from the node's table.
    static Wanted of(EniLink eni, int mtu) {
        return new NodeState(List.of(eni), List.of(), EgressPolicy.NONE, mtu).wanted();
    }
}
