package io.patchbay.spi.net;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// The links that a host's default routes go by: without one of them it is cut off.
public final class Lifeline {
    private Lifeline() {}

    /// Those that have a default route, what is below them, and the ports of either; by their
    /// indexes.
    ///
    /// @param routes of the main table
    public static Set<Integer> of(Collection<Link> links, List<Route> routes) {
        Set<Integer> carrying = new HashSet<>();
        Deque<Integer> next = new ArrayDeque<>();
        routes.stream()
                .filter(route -> route.destination().prefix() == 0)
                .flatMapToInt(route -> route.link().stream())
                .forEach(next::add);
        while (!next.isEmpty()) {
            int index = next.remove();
            if (carrying.add(index)) {
                links.stream()
                        .filter(link -> isBelow(link, index, links))
                        .forEach(link -> next.add(link.index()));
            }
        }
        return carrying;
    }

    private static boolean isBelow(Link link, int upper, Collection<Link> links) {
        return link.master().equals(OptionalInt.of(upper))
                || links.stream()
                        .filter(other -> other.index() == upper)
                        // The other end of a veth pair is beside it, and not below.
                        .filter(other -> !other.kind().equals("veth"))
                        .anyMatch(other -> other.parent().equals(OptionalInt.of(link.index())));
    }
}
