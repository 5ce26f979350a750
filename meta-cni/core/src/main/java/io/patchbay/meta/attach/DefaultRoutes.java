package io.patchbay.meta.attach;

import io.patchbay.meta.plan.DefaultRoute;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The default routes of one pod's main table, a family at a time: they are moved to the attachment
/// that is asked to carry them, and read back until they are there. A family that no attachment
/// claims is left as the plugins made it; of one that is claimed every other default route goes,
/// whoever made it, for the pod's traffic is to take one way.
final class DefaultRoutes {
    /// Of a route with several hops the kernel deletes one at a time.
    private static final int ROUNDS = 16;

    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;
    private static final Set<Integer> UNREACHABLE =
            Set.of(KernelException.EINVAL, ENETDOWN, ENETUNREACH, EHOSTUNREACH);

    private final Rtnl pod;
    private final Sysctl sysctl;

    private DefaultRoutes(Netns pod) {
        this.pod = pod.rtnl();
        this.sysctl = pod.sysctl();
    }

    /// One family's default route, claimed.
    ///
    /// @param links of the attachment; with a gateway the one that is to carry the route
    private record Claim(
            PlannedAttachment attachment,
            boolean ipv6,
            Optional<InetAddress> gateway,
            Set<Integer> links) {
        boolean concerns(Route route) {
            return route.destination().isIpv6() == ipv6;
        }

        boolean allows(Route route) {
            return links.contains(route.link().orElse(0))
                    && (gateway.isEmpty() || route.gateway().equals(gateway));
        }

        /// Whether a router of the link may tell the pod its default route.
        boolean learns(Link link) {
            return gateway.isEmpty() && links.contains(link.index());
        }

        boolean isMet(List<Route> there) {
            return there.stream().filter(this::concerns).anyMatch(this::allows);
        }

        Route wanted() {
            return Route.to(Cidr.any(ipv6)).via(gateway.orElseThrow()).on(links.iterator().next());
        }

        String family() {
            return ipv6 ? "IPv6" : "IPv4";
        }
    }

    /// Moves what is claimed, and returns the attachments with results that tell it.
    static List<AttachedNetwork> settle(List<AttachedNetwork> networks, Handles handles) {
        List<AttachedNetwork> settled = networks;
        for (AttachedNetwork network : networks) {
            PlannedAttachment attachment = network.attachment();
            if (attachment.defaultRoute().isPresent()) {
                handles.refuseLate(attachment);
                try {
                    settled =
                            new DefaultRoutes(handles.livingPod())
                                    .settle(network, attachment.defaultRoute().get(), settled);
                } catch (RuntimeException e) {
                    throw handles.failure(attachment, "default-route", e);
                }
            }
        }
        return settled;
    }

    private List<AttachedNetwork> settle(
            AttachedNetwork claimant, DefaultRoute asked, List<AttachedNetwork> networks) {
        List<AttachedNetwork> settled = networks;
        for (Claim claim : claims(claimant, asked, read())) {
            if (claim.ipv6()) {
                learnNoOthers(claim);
            }
            move(claim, read());
            settled = settled.stream().map(network -> told(network, claim)).toList();
        }
        return settled;
    }

    /// A router's next advertisement would bring back what is deleted now. The setting goes with
    /// the link, and with its stay in the pod; where it is not there the link has no IPv6.
    private void learnNoOthers(Claim claim) {
        for (Link link : pod.links()) {
            String key = "net/ipv6/conf/%s/accept_ra_defrtr".formatted(link.name());
            if (!claim.learns(link) && sysctl.find(key).filter("1"::equals).isPresent()) {
                set(key);
            }
        }
    }

    private void set(String key) {
        try {
            sysctl.set(key, "0");
        } catch (KernelException e) {
            // A link that is gone learns nothing.
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    private List<Route> read() {
        return pod.routes(Route.MAIN).stream()
                .filter(route -> route.destination().prefix() == 0)
                .toList();
    }

    private List<Claim> claims(AttachedNetwork claimant, DefaultRoute asked, List<Route> there) {
        PlannedAttachment attachment = claimant.attachment();
        Set<Integer> links =
                asked.keepsItsOwn() ? claimant.links(pod) : Set.of(link(attachment).index());
        return Stream.of(false, true)
                .map(ipv6 -> new Claim(attachment, ipv6, asked.gateway(ipv6), links))
                .filter(claim -> asked.gateways().isEmpty() || claim.gateway().isPresent())
                .filter(claim -> claim.gateway().isPresent() || claim.isMet(there))
                .toList();
    }

    private Link link(PlannedAttachment attachment) {
        String name = attachment.id().ifName();
        return pod.find(name)
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "no default route can go by %s, for the network made no such link in the pod"
                                        .formatted(name)));
    }

    private void move(Claim claim, List<Route> before) {
        List<Route> there = before;
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> own = there.stream().filter(claim::concerns).toList();
            List<Change> surplus = surplus(claim, own);
            boolean missing = !claim.isMet(there);
            if (surplus.isEmpty() && !missing) {
                return;
            }
            delete(surplus);
            if (missing) {
                add(claim);
            }
            there = read();
        }
        throw CniException.tryAgain(
                "the %s default routes of other links come back as often as they are deleted, the last being %s"
                        .formatted(claim.family(), there));
    }

    /// With a gateway one route is enough; its own plugin may have made several.
    private static List<Change> surplus(Claim claim, List<Route> own) {
        List<Change> surplus = new ArrayList<>();
        boolean kept = false;
        for (Route route : own) {
            if (claim.allows(route) && (!kept || claim.gateway().isEmpty())) {
                kept = true;
            } else {
                surplus.add(new DeleteRoute(route));
            }
        }
        return surplus;
    }

    private void delete(List<Change> surplus) {
        try {
            if (!surplus.isEmpty()) {
                pod.apply(surplus);
            }
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    private void add(Claim claim) {
        Route wanted = claim.wanted();
        try {
            pod.apply(new AddRoute(wanted));
        } catch (KernelException e) {
            // What is left of a route with several hops is in the way; it goes in the next round.
            if (e.exists()) {
                return;
            }
            if (!UNREACHABLE.contains(e.errno())) {
                throw e;
            }
            throw new CniException(
                    Standard.INVALID_NETWORK_CONFIG,
                    "the %s default route cannot go by gateway %s, which %s does not reach"
                            .formatted(
                                    claim.family(),
                                    Cidr.text(wanted.gateway().orElseThrow()),
                                    claim.attachment().id().ifName()),
                    e);
        }
    }

    /// The claimant's result gains the route unless it told it already, the others' lose theirs.
    private static AttachedNetwork told(AttachedNetwork network, Claim claim) {
        boolean own = network.attachment().equals(claim.attachment());
        if (own && claim.gateway().isEmpty()) {
            return network;
        }
        CniResult result = network.result();
        List<CniResult.Route> routes = new ArrayList<>();
        for (CniResult.Route route : result.routes()) {
            boolean carried = own && route.gateway().equals(claim.gateway());
            if (carried || !isDefault(route, claim.ipv6())) {
                routes.add(route);
            }
        }
        if (own && routes.stream().noneMatch(route -> isDefault(route, claim.ipv6()))) {
            routes.add(CniResult.Route.of(Cidr.any(claim.ipv6()), claim.gateway()));
        }
        return new AttachedNetwork(
                network.attachment(),
                new CniResult(result.interfaces(), result.ips(), routes, result.dns()),
                network.device());
    }

    private static boolean isDefault(CniResult.Route route, boolean ipv6) {
        OptionalInt table = route.table();
        return route.destination().prefix() == 0
                && route.destination().isIpv6() == ipv6
                && (table.isEmpty() || table.getAsInt() == Route.MAIN);
    }
}
