package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        // A node without a VPC is not ours to change.
        if (enis.stream().anyMatch(eni -> eni.eni().isPrimary())) {
            if (policy.marks()) {
                wanted.rules().add(marked());
            }
            policy.external()
                    .forEach(block -> wanted.rules().add(Rule.to(block, EXTERNAL, Route.MAIN)));
        }
        enis.forEach(eni -> add(wanted, eni));
        for (PodLink pod : pods) {
            wanted.links().put(pod.paths().hostLink(), 0);
            wanted.routes().addAll(pod.paths().hostRoutes());
            wanted.rules().addAll(pod.paths().hostRules());
            wanted.sysctls().putAll(pod.sysctls());
        }
        return wanted;
    }

    private Rule marked() {
        return new Rule(
                false,
                BY_MARK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                policy.mark(),
                policy.mark(),
                Route.MAIN);
    }

    private void add(Wanted wanted, EniLink eni) {
        wanted.links().put(eni.link(), mtu);
        // What ip_forward says of all links, each may unlearn by itself.
        wanted.sysctls().put("net/ipv4/conf/" + eni.name() + "/forwarding", "1");
        if (eni.eni().isPrimary()) {
            // Strict filtering (rp_filter 1) drops what comes in here for a pod whose answers leave
            // by another interface (ip-sysctl.rst).
            wanted.sysctls().put("net/ipv4/conf/" + eni.name() + "/rp_filter", "2");
            wanted.sysctls().put("net/ipv4/ip_forward", "1");
            wanted.primaries().add(new PrimaryRouting(eni));
        } else {
            EniRouting routing = new EniRouting(eni);
            wanted.addresses().put(eni.link(), routing.address());
            wanted.routes().addAll(routing.routes());
            wanted.rules().add(routing.rule());
            wanted.connected().add(routing.connected());
        }
    }

    /// Without a primary interface nobody knows yet whose address the others get.
    private Optional<String> table() {
        Set<Cidr> vpc = new LinkedHashSet<>();
        List<Cidr> sources = new ArrayList<>();
        enis.stream()
                .map(EniLink::eni)
                .forEach(eni -> {
                    vpc.addAll(eni.vpc());
                    sources.addAll(eni.blocks());
                });
        // A live pod's address may be missing from what the cloud tells.
        pods.forEach(pod -> sources.addAll(pod.paths().addresses()));
        return enis.stream()
                .filter(eni -> eni.eni().isPrimary())
                .findFirst()
                .map(primary -> new EgressTable(policy, primary, vpc, sources).text());
    }

    /// What one interface alone needs, apart from the node's table.
    static Wanted of(EniLink eni, int mtu) {
        return new NodeState(List.of(eni), List.of(), EgressPolicy.NONE, mtu).wanted();
    }
}
