package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Which hardware the host reaches the world by: what carries the links of its default routes,
/// through VLANs, bonds and bridges.
final class WayOut {
    private static final String VETH = "veth";

    private WayOut() {}

    /// @param routes of the main table
    /// @return such as `0000:01:00.0`, or `virtio0`
    static Set<String> devices(List<Link> links, List<Route> routes) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> next = new ArrayDeque<>();
        routes.stream()
                .filter(route -> route.destination().prefix() == 0)
                .forEach(route -> route.link().ifPresent(next::add));
        Set<String> devices = new TreeSet<>();
        while (!next.isEmpty()) {
            int index = next.pop();
            if (seen.add(index)) {
                links.forEach(link -> below(link, index, devices, next::add));
            }
        }
        return devices;
    }

    /// A veth's peer is in another namespace, and its index there says nothing here.
    private static void below(
            Link link, int index, Set<String> devices, Consumer<Integer> carriers) {
        if (link.index() == index) {
            link.device().ifPresent(devices::add);
            if (link.parent().isPresent() && !link.kind().equals(VETH)) {
                carriers.accept(link.parent().getAsInt());
            }
        }
        if (link.master().isPresent() && link.master().getAsInt() == index) {
            carriers.accept(link.index());
        }
    }
}
