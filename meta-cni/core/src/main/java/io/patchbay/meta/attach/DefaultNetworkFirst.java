package io.patchbay.meta.attach;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The order of a pod's default routes in the main table: the default network's come before those
/// of the same metric that further networks made. A binary may have put its own in front: the
/// reference plugins add without NLM_F_EXCL (`netlink.RouteAddEcmp`), which IPv4 takes for "before
/// the others", and IPv6 for one more hop. A lower metric is its plugin's own will, and stays.
final class DefaultNetworkFirst {
    private DefaultNetworkFirst() {}

    /// Puts what further networks made behind; without a default route of theirs nothing is read.
    static void settle(List<AttachedNetwork> networks, Handles handles) {
        for (AttachedNetwork further : networks.stream().skip(1).toList()) {
            if (further.result().routes().stream()
                    .anyMatch(route -> route.destination().prefix() == 0)) {
                try {
                    settle(networks.getFirst(), further, handles.livingPod().rtnl());
                } catch (RuntimeException e) {
                    throw handles.failure(further.attachment(), "default-route", e);
                }
            }
        }
    }

    private static void settle(AttachedNetwork first, AttachedNetwork further, Rtnl pod) {
        Set<Integer> front = first.links(pod);
        Set<Integer> back = further.links(pod);
        List<Route> there = pod.routes(Route.MAIN);
        List<Change> changes =
                Stream.of(false, true)
                        .flatMap(ipv6 -> putBehind(defaults(there, ipv6), front, back).stream())
                        .toList();
        if (!changes.isEmpty()) {
            pod.apply(changes);
        }
    }

    private static List<Route> defaults(List<Route> there, boolean ipv6) {
        return there.stream()
                .filter(route -> route.destination().prefix() == 0)
                .filter(route -> route.destination().isIpv6() == ipv6)
                .toList();
    }

    private static List<Change> putBehind(
            List<Route> defaults, Set<Integer> front, Set<Integer> back) {
        Set<Integer> taken =
                defaults.stream()
                        .filter(route -> isOn(front, route))
                        .map(Route::metric)
                        .collect(Collectors.toSet());
        int last = defaults.stream().mapToInt(Route::metric).max().orElse(0);
        List<Change> changes = new ArrayList<>();
        for (Route route : defaults) {
            if (isOn(back, route) && !isOn(front, route) && taken.contains(route.metric())) {
                last++;
                changes.add(new DeleteRoute(route));
                changes.add(new AddRoute(route.metric(last)));
            }
        }
        return changes;
    }

    private static boolean isOn(Set<Integer> links, Route route) {
        return links.contains(route.link().orElse(0));
    }
}
