package io.patchbay.dpdk.pod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// How many hugepages the pod's specification gives a container, in a file of a downward API
/// volume: `hugepages_1G_limit_CONTAINER`, or without the container, the size, or both. The
/// variable CONTAINER_NAME tells which container this is; without it a file counts that is the only
/// one of its kind.
final class PodInfoLimit {
    private static final String CONTAINER = "CONTAINER_NAME";

    private PodInfoLimit() {}

    /// Octets.
    static OptionalLong find(PodPlaces places, long size) {
        Path directory = places.annotations().resolveSibling(".").normalize();
        List<String> names = PlainFile.names(directory);
        String units = PageSize.inUnits(size);
        for (String kind : List.of("limit", "request")) {
            for (String stem :
                    List.of("hugepages_%s_%s".formatted(units, kind), "hugepages_" + kind)) {
                OptionalLong found = find(places, directory, names, stem, size);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong find(
            PodPlaces places, Path directory, List<String> names, String stem, long size) {
        List<String> found = new ArrayList<>();
        String container = places.environment().getOrDefault(CONTAINER, "");
        if (!container.isEmpty()) {
            found.addAll(List.of(stem + "_" + container, stem));
            found.retainAll(names);
        } else {
            names.stream()
                    .filter(name -> name.equals(stem) || name.startsWith(stem + "_"))
                    .forEach(found::add);
            if (found.size() > 1) {
                return OptionalLong.empty();
            }
        }
        return found.isEmpty()
                ? OptionalLong.empty()
                : octets(directory.resolve(found.getFirst()), size);
    }

    /// The injector counts in MiB, a volume without a divisor in octets; less octets than one page
    /// has are MiB.
    private static OptionalLong octets(Path file, long size) {
        String text = PlainFile.find(file).orElse("").strip();
        long number = PlainFile.longNumber(file, text);
        if (number < 0) {
            throw new PodException(
                    "%s says %d, which is less than nothing".formatted(file, number));
        }
        return OptionalLong.of(number < size ? number * PageSize.MIB : number);
    }
}
