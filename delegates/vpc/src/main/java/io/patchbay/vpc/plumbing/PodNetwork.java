package io.patchbay.vpc.plumbing;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddNeighbour;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes and removes a pod's link and the ways to it: one batch on the host, one in the pod.
public final class PodNetwork {
    private static final int LOOPBACK = 1;

    /// EACCES of asm-generic/errno-base.h: a link without IPv6 takes neither address nor route of
    /// it (fib6_nh_init in net/ipv6/route.c).
    private static final int EACCES = 13;

    /// Who asks for the pod's address. The one that the kernel makes would be on trial for a second
    /// (RFC 4862), in which nobody asks, and what is for the pod waits.
    private static final Cidr ASKER = new Cidr(PodRouting.GATEWAY_IPV6, 64);

    private PodNetwork() {}

    public static void add(Netns host, Netns pod, PodVeth veth, PodPaths paths) {
        addOnHost(host, pod, veth, paths);
        if (paths.families().contains(Family.IPV6)) {
            allowIpv6(pod, veth.podName());
        }
        List<Change> inPod = new ArrayList<>();
        inPod.add(new SetUp(LOOPBACK, true));
        inPod.add(new SetUp(veth.podIndex(), true));
        paths.podRoutes().forEach(route -> inPod.add(new AddRoute(route)));
        paths.byArrival().forEach(own -> inPod.add(new AddAddress(veth.podIndex(), own)));
        paths.podRules().forEach(rule -> inPod.add(new AddRule(rule)));
        paths.neighbours(veth.hostMac()).forEach(one -> inPod.add(new AddNeighbour(one)));
        pod.rtnl().apply(inPod);
    }

    /// A runtime may have disabled IPv6 on new links. The pod's routes are ours to give: no router
    /// tells it others.
    private static void allowIpv6(Netns pod, String name) {
        for (String link : List.of("lo", name)) {
            set(pod, "net/ipv6/conf/" + link + "/disable_ipv6", "0");
        }
        set(pod, "net/ipv6/conf/" + name + "/accept_ra", "0");
    }

    private static void addOnHost(Netns host, Netns pod, PodVeth veth, PodPaths paths) {
        Optional<KernelException> no = attempt(host, pod, veth, paths);
        // Nothing arrives before the pod's end is up. The daemon is in this namespace, so the call
        // costs no thread, some 60 µs in all.
        new PodLink(paths, veth.hostName())
                .sysctls()
                .forEach((key, value) -> set(host, key, value));
        if (no.isPresent()) {
            complete(host, paths);
        }
    }

    /// What was refused, if the link is there and the rest can be completed.
    private static Optional<KernelException> attempt(
            Netns host, Netns pod, PodVeth veth, PodPaths paths) {
        List<Change> changes = new ArrayList<>();
        changes.add(veth.creation(pod));
        if (paths.families().contains(Family.IPV6)) {
            changes.add(new AddAddress(veth.hostIndex(), ASKER));
        }
        paths.hostRoutes().forEach(route -> changes.add(new AddRoute(route)));
        paths.hostRules().forEach(rule -> changes.add(new AddRule(rule)));
        try {
            host.rtnl().apply(changes);
            return Optional.empty();
        } catch (KernelException e) {
            Optional<Link> made = host.rtnl().find(veth.hostIndex());
            if (made.filter(link -> link.group() == veth.group()).isEmpty()) {
                throw refusal(host, pod, veth, e);
            }
            if (!e.exists() && e.errno() != EACCES) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    /// The link is there, and something else was already: a rule that says the same is as good, a
    /// route of the address to another link is not. Or IPv6 was disabled on new links of the host.
    private static void complete(Netns host, PodPaths paths) {
        List<Change> missing = new ArrayList<>();
        List<Cidr> addresses = host.rtnl().addresses(paths.hostLink());
        if (paths.families().contains(Family.IPV6) && !addresses.contains(ASKER)) {
            missing.add(new AddAddress(paths.hostLink(), ASKER));
        }
        paths.hostRoutes().stream()
                .filter(route -> !host.rtnl().routes(route.table()).contains(route))
                .forEach(route -> missing.add(new AddRoute(route)));
        List<Rule> rules = host.rtnl().rules();
        paths.hostRules().stream()
                .filter(rule -> !rules.contains(rule))
                .forEach(rule -> missing.add(new AddRule(rule)));
        host.rtnl().apply(missing);
    }

    private static RuntimeException refusal(
            Netns host, Netns pod, PodVeth veth, KernelException e) {
        if (e.exists() && pod.rtnl().find(veth.podName()).isPresent()) {
            return CniException.invalidConfig(
                    "interface \"%s\" is taken in %s: name another one"
                            .formatted(veth.podName(), pod.path()));
        }
        if (e.exists()) {
            refuseTaken(host, veth.hostName());
        }
        if (e.errno() == KernelException.EBUSY) {
            return CniException.tryAgain(
                    "link index %d or %d is taken by another link"
                            .formatted(veth.hostIndex(), veth.podIndex()));
        }
        return e;
    }

    /// Refuses a name that a link on the host has. It may be the pod's former one, whose DEL is
    /// still to come, so that a later ADD may succeed; it is never deleted for its name.
    public static void refuseTaken(Netns host, String name) {
        Optional<Link> taken = host.rtnl().find(name);
        if (taken.isPresent()) {
            throw CniException.tryAgain(
                    "link %s (index %d) exists on the host already: it belongs to a former sandbox of this pod that waits for its DEL, or to another plugin; in that case delete it"
                            .formatted(name, taken.get().index()));
        }
    }

    // A kernel without IPv6 has no such key.
    private static void set(Netns netns, String key, String value) {
        try {
            netns.sysctl().set(key, value);
        } catch (KernelException e) {
            if (e.errno() != KernelException.ENOENT) {
                throw e;
            }
        }
    }

    /// Removes the ways to a pod, whole or half; the link is not touched. Idempotent.
    public static void remove(Netns host, Optional<Netns> pod, PodPaths paths) {
        paths.hostRules().reversed().forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
        paths.hostRoutes().forEach(route -> Absence.tolerated(host, new DeleteRoute(route)));
        pod.ifPresent(living ->
                paths.podRules().forEach(rule -> Absence.tolerated(living, new DeleteRule(rule))));
    }
}
