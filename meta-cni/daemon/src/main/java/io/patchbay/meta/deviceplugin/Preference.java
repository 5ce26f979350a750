package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Decides which of a pool's devices a container should get: what it must, and beside that as few
/// NUMA nodes, and on them as few physical functions, as will do. What fits is taken where it fits
/// most tightly, so that larger requests find room elsewhere; what is left to choose goes by
/// address.
final class Preference {
    private Preference() {}

    /// @param must are among those returned, even if they are more than wanted
    /// @return as many as wanted, or all there are
    static List<PciAddress> choose(
            Collection<PoolDevice> available, Collection<PoolDevice> must, int wanted) {
        List<PoolDevice> chosen = new ArrayList<>(must);
        List<PoolDevice> free =
                available.stream()
                        .filter(device -> !must.contains(device))
                        .sorted(Comparator.comparing(PoolDevice::address))
                        .toList();
        for (List<PoolDevice> node : pack(free, Preference::node, chosen, wanted)) {
            for (List<PoolDevice> root : pack(node, PoolDevice::root, chosen, wanted)) {
                root.stream().limit(Math.max(wanted - chosen.size(), 0)).forEach(chosen::add);
            }
        }
        return chosen.stream().map(PoolDevice::address).toList();
    }

    private static int node(PoolDevice device) {
        return device.function().numaNode().orElse(-1);
    }

    /// Devices that are close to each other.
    ///
    /// @param isUsed whether one of them is chosen already
    private record Group<K>(K key, List<PoolDevice> devices, boolean isUsed) {
        int size() {
            return devices.size();
        }
    }

    /// Groups in the order in which they are to be used: those that are in use already; the one
    /// that holds all that is wanted with the least left over; else the largest, for then they are
    /// fewest.
    private static <K extends Comparable<K>> List<List<PoolDevice>> pack(
            List<PoolDevice> free,
            Function<PoolDevice, K> key,
            List<PoolDevice> chosen,
            int wanted) {
        Set<K> used = chosen.stream().map(key).collect(Collectors.toSet());
        SortedMap<K, List<PoolDevice>> byKey =
                free.stream()
                        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        List<Group<K>> groups = new ArrayList<>();
        byKey.forEach((one, devices) -> groups.add(new Group<>(one, devices, used.contains(one))));
        List<List<PoolDevice>> order = new ArrayList<>();
        int left = wanted - chosen.size();
        while (!groups.isEmpty()) {
            Group<K> next = Collections.min(groups, Preference.<K>byUse(left));
            groups.remove(next);
            order.add(next.devices());
            left -= next.size();
        }
        return order;
    }

    private static <K extends Comparable<K>> Comparator<Group<K>> byUse(int left) {
        return Comparator.<Group<K>, Boolean>comparing(group -> !group.isUsed())
                .thenComparing(group -> group.size() < left)
                .thenComparingInt(group -> group.size() < left ? -group.size() : group.size())
                .thenComparing(Group::key);
    }
}
