package io.patchbay.suite.network;

import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// The default route of a pod.
final class RouteRows {
    private RouteRows() {}

    static void declare(Checks<NetworkTrial> checks) {
        checks.check(
                "N23",
                RouteRows::theDefaultRouteMoves,
                "Delete the other default routes of the family, add the one that is asked for, and"
                        + " read it back.");
    }

    private static void theDefaultRouteMoves(NetworkTrial trial) {
        RecordedLink first = trial.network("a", "");
        RecordedLink second = trial.network("b", "");
        NetworkPod moved = trial.pod(asking(trial, first, "a"));
        NetworkPod both =
                trial.pod(
                        "[%s, %s]"
                                .formatted(
                                        element(trial, first, "a"), element(trial, second, "b")));
        trial.publish();
        trial.add(moved).result();
        requireRoute(moved, first.gateway() + " net1");
        trial.add(both).refused("two networks that want the IPv4 default route");
    }

    private static String element(NetworkTrial trial, RecordedLink link, String name) {
        return "{\"name\": \"%s\", \"default-route\": [\"%s\"]}"
                .formatted(trial.name(name), link.gateway());
    }

    private static String asking(NetworkTrial trial, RecordedLink link, String name) {
        return "[" + element(trial, link, name) + "]";
    }

    private static void requireRoute(NetworkPod pod, String route) {
        Unmet.unless(
                pod.defaultRoutes().equals(List.of(route)),
                "the pod is to have the default route %s alone, and has %s"
                        .formatted(route, pod.defaultRoutes()));
    }
}
