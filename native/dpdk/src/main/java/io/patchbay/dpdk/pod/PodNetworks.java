package io.patchbay.dpdk.pod;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The networks that a file of annotations tells of.
record PodNetworks(Path file, List<PodNetwork> all) {
    static PodNetworks read(PodPlaces places, PciDevices functions) {
        Path file = places.annotations();
        String where = "%s, annotation %s".formatted(file, NetworkStatusReader.KEY);
        return new PodNetworks(
                file,
                Annotations.find(file, NetworkStatusReader.KEY)
                        .map(json -> new NetworkStatusReader(functions).read(where, json))
                        .map(told -> Matching.match(told, functions))
                        .orElse(List.of()));
    }

    /// By its name, by its interface, or by its name without the namespace.
    PodNetwork get(String name) {
        List<PodNetwork> found =
                Stream.of(
                                called(network -> network.name().equals(name)),
                                called(network ->
                                        network.ifName().filter(name::equals).isPresent()),
                                called(network -> network.name().endsWith("/" + name)))
                        .filter(list -> !list.isEmpty())
                        .findFirst()
                        .orElse(List.of());
        if (found.isEmpty()) {
            throw new PodException("the pod has no network %s: %s".formatted(name, whatItHas()));
        }
        if (found.size() > 1) {
            throw new PodException(
                    "the pod has %d networks %s: %s; ask for one by its interface"
                            .formatted(found.size(), name, titles(found)));
        }
        return found.getFirst();
    }

    private List<PodNetwork> called(Predicate<PodNetwork> name) {
        return all.stream().filter(name).toList();
    }

    private String whatItHas() {
        if (!all.isEmpty()) {
            return "%s tells of %s".formatted(file, titles(all));
        }
        return PlainFile.find(file).isPresent()
                ? "%s has no annotation %s".formatted(file, NetworkStatusReader.KEY)
                : "there is no file %s; mount the pod's annotations there by a downward API volume, or name their file in %s"
                        .formatted(file, PodPlaces.VARIABLE);
    }

    private static String titles(List<PodNetwork> networks) {
        return networks.stream().map(PodNetwork::title).collect(Collectors.joining(", "));
    }
}
