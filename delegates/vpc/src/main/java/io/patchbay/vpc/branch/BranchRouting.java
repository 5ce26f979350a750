package io.patchbay.vpc.branch;

import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Vlan;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.plumbing.Hop;
import io.patchbay.vpc.plumbing.PodLink;
import io.patchbay.vpc.plumbing.PodPaths;
import io.patchbay.vpc.plumbing.PodRouting;
import io.patchbay.vpc.plumbing.PodRouting.Reach;
import io.patchbay.vpc.plumbing.VethName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a branch's packets go on the node. Out by its own link: a table numbered as its VLAN leads
/// there. With standard enforcement the pod is otherwise a pod like any other. With strict
/// enforcement that table alone decides on what comes from the pod and from the VPC, before the
/// node's own addresses are looked at ({@link StrictNode}): nothing gets from here to there but
/// through the VPC.
record BranchRouting(Branch branch) {
    static final int FROM_ROUTER = 0;
    static final int STRICT = 10;

    /// Zones are numbered from here, by VLAN: far above those that others count up from 1.
    static final int FIRST_ZONE = 0xB000;

    CreateLink creation(int trunk) {
        Head head =
                Head.named(branch.name())
                        .index(branch.link())
                        .group(branch.group())
                        .mac(branch.mac());
        return new CreateLink(new Vlan(head, trunk, branch.vlan()));
    }

    /// The way between host and pod, and the pod's own side.
    PodLink pod() {
        return new PodLink(
                new PodPaths(branch.ways().stream().map(this::routing).toList()),
                branch.hostName());
    }

    private PodRouting routing(Way way) {
        return new PodRouting(
                way.address(),
                branch.table(),
                branch.hostLink(),
                branch.podLink(),
                branch.owner().ifName().equals(VethName.FIRST),
                branch.isStrict() ? Reach.INTERFACE : Reach.NODE);
    }

    /// The way out, in the order in which the kernel takes it.
    List<Route> routes() {
        return branch.ways().stream()
                .flatMap(way ->
                        new Hop(way.gateway(), branch.link(), branch.table()).routes().stream())
                .toList();
    }

    /// Those of strict enforcement; {@link #pod} has those of the other.
    List<Rule> rules() {
        return branch.isStrict()
                ? branch.ways().stream().flatMap(way -> strict(way.isIpv6())).toList()
                : List.of();
    }

    private Stream<Rule> strict(boolean ipv6) {
        List<Rule> rules = new ArrayList<>();
        if (ipv6) {
            rules.add(answers());
        }
        rules.add(incoming(branch.name(), ipv6, branch.table()));
        rules.add(incoming(branch.hostName(), ipv6, branch.table()));
        return rules.stream();
    }

    /// What the router answers to the node itself must not be led to the router again. Amazon's
    /// plugin has such a rule for all links, and ICMPv6 only; here it is for the branch's link
    /// only, so a pod that takes the router's address reaches nothing by it.
    private Rule answers() {
        return new Rule(
                true,
                FROM_ROUTER,
                Optional.of(Cidr.host(PodEni.ROUTER)),
                Optional.empty(),
                Optional.of(branch.name()),
                0,
                0,
                Route.LOCAL);
    }

    static Rule incoming(String link, boolean ipv6, int table) {
        return new Rule(
                ipv6, STRICT, Optional.empty(), Optional.empty(), Optional.of(link), 0, 0, table);
    }

    /// Of the branch's link. Strict filtering by reverse path (rp_filter 1) knows no rule by
    /// incoming link: it would drop all that comes by the branch (fib_validate_source in
    /// net/ipv4/fib_frontend.c). To IPv6 the link is a host's, as with Amazon's plugin; the router
    /// is told by a route, and not by an advertisement.
    Map<String, String> sysctls() {
        Map<String, String> sysctls = new LinkedHashMap<>();
        String ipv4 = "net/ipv4/conf/" + branch.name();
        sysctls.put(ipv4 + "/rp_filter", "2");
        sysctls.put(ipv4 + "/forwarding", "1");
        String ipv6 = "net/ipv6/conf/" + branch.name();
        if (branch.hasIpv6()) {
            sysctls.put(ipv6 + "/disable_ipv6", "0");
            sysctls.put(ipv6 + "/accept_ra", "0");
            sysctls.put(ipv6 + "/accept_redirects", "1");
            sysctls.put(ipv6 + "/forwarding", "0");
        } else {
            sysctls.put(ipv6 + "/disable_ipv6", "1");
        }
        return sysctls;
    }

    /// The zone of what comes in by each of the links. What a pod and its own node send each other
    /// passes the node's connection tracking twice, at either end. In one zone an entry of the one
    /// end may be like one that destinations were translated for at the other, and the kernel drops
    /// what would make the second (__nf_conntrack_confirm in net/netfilter/nf_conntrack_core.c).
    Map<String, Integer> zones() {
        if (!branch.isStrict()) {
            return Map.of();
        }
        int zone = FIRST_ZONE + branch.vlan();
        return Map.of(branch.name(), zone, branch.hostName(), zone);
    }
}
