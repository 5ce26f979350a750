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
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes and removes a pod's link and the way to it: one batch on the host, one in the pod.
public final class PodNetwork {
    private static final int LOOPBACK = 1;

    private PodNetwork() {}

    public static void add(Netns host, Netns pod, PodVeth veth, PodRouting routing) {
        addOnHost(host, pod, veth, routing);
        new PodLink(routing, veth.hostName())
                .sysctls()
                .forEach((key, value) -> set(host, key, value));
        List<Change> inPod = new ArrayList<>();
        inPod.add(new SetUp(LOOPBACK, true));
        inPod.add(new SetUp(veth.podIndex(), true));
        routing.podRoutes().forEach(route -> inPod.add(new AddRoute(route)));
        inPod.add(new AddAddress(veth.podIndex(), routing.cidr()));
        routing.podRule().ifPresent(rule -> inPod.add(new AddRule(rule)));
        inPod.add(new AddNeighbour(routing.neighbour(veth.hostMac())));
        pod.rtnl().apply(inPod);
    }

    private static void addOnHost(Netns host, Netns pod, PodVeth veth, PodRouting routing) {
        List<Change> changes = new ArrayList<>();
        changes.add(veth.creation(pod));
        changes.add(new AddRoute(routing.hostRoute()));
        routing.hostRules().forEach(rule -> changes.add(new AddRule(rule)));
        try {
            host.rtnl().apply(changes);
        } catch (KernelException e) {
            Optional<Link> made = host.rtnl().find(veth.hostIndex());
            if (made.filter(link -> link.group() == veth.group()).isEmpty()) {
                throw refusal(host, pod, veth, e);
            }
            if (!e.exists()) {
                throw e;
            }
            complete(host, routing);
        }
    }

    /// The link is there, and something else was already: a rule that says the same is as good, a
    /// route of the address to another link is not.
    private static void complete(Netns host, PodRouting routing) {
        if (!host.rtnl().routes(routing.hostRoute().table()).contains(routing.hostRoute())) {
            host.rtnl().apply(new AddRoute(routing.hostRoute()));
        }
        List<Rule> present = host.rtnl().rules();
        routing.hostRules().stream()
                .filter(rule -> !present.contains(rule))
                .forEach(rule -> host.rtnl().apply(new AddRule(rule)));
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

    // Nothing arrives before the pod's end is up. The daemon is in this namespace, so the call
    // costs
    // no thread, some 60 µs in all. A kernel without IPv6 has no such key.
    private static void set(Netns host, String key, String value) {
        try {
            host.sysctl().set(key, value);
        } catch (KernelException e) {
            if (e.errno() != KernelException.ENOENT) {
                throw e;
            }
        }
    }

    /// Removes the way to a pod, whole or half; the link is not touched. Idempotent.
    public static void remove(Netns host, Optional<Netns> pod, PodRouting routing) {
        routing.hostRules()
                .reversed()
                .forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
        Absence.tolerated(host, new DeleteRoute(routing.hostRoute()));
        pod.ifPresent(living ->
                routing.podRule()
                        .ifPresent(rule -> Absence.tolerated(living, new DeleteRule(rule))));
    }
}
