package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.Mounts.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The control group that holds this process for one controller, of either version, and those above
/// it as far as the container sees them. On a machine with both versions the controller is where
/// /proc/self/cgroup names it. Source: cgroups(7), cgroup_namespaces(7).
///
/// @param directories its own first
record ControlGroup(boolean isUnified, List<Path> directories) {
    private static final String FILE = "/proc/self/cgroup";

    /// Empty where the container has no view of it.
    static Optional<ControlGroup> find(PodPlaces places, List<Mount> mounts, String controller) {
        Path file = places.at(FILE);
        Optional<String> unified = Optional.empty();
        for (String line : PlainFile.find(file).orElse("").lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length != 3) {
                throw new PodException(
                        "%s has the line \"%s\", which is no control group".formatted(file, line));
            }
            if (List.of(parts[1].split(",", -1)).contains(controller)) {
                return at(
                        places,
                        mounts,
                        mount ->
                                mount.type().equals("cgroup")
                                        && mount.options().contains(controller),
                        parts[2],
                        false);
            }
            if (parts[1].isEmpty()) {
                unified = Optional.of(parts[2]);
            }
        }
        return unified.flatMap(
                path -> at(places, mounts, mount -> mount.type().equals("cgroup2"), path, true));
    }

    private static Optional<ControlGroup> at(
            PodPlaces places,
            List<Mount> mounts,
            Predicate<Mount> wanted,
            String path,
            boolean isUnified) {
        return mounts.stream()
                .filter(wanted)
                .findFirst()
                .map(mount ->
                        new ControlGroup(isUnified, directories(places, mount, Path.of(path))));
    }

    /// A mount shows the hierarchy from its root on; a container may see no more than its own
    /// group.
    private static List<Path> directories(PodPlaces places, Mount mount, Path path) {
        Path top = places.at(mount.point());
        Path root = Path.of(mount.root());
        Path own = path.startsWith(root) ? top.resolve(root.relativize(path)).normalize() : top;
        List<Path> directories = new ArrayList<>();
        for (@Nullable Path at = own; at != null && at.startsWith(top); at = at.getParent()) {
            directories.add(at);
        }
        return directories.stream().filter(Files::isDirectory).toList();
    }

    /// The nearest that says something, of the first name that any group has.
    Optional<Setting> nearest(String... names) {
        for (String name : names) {
            for (Path directory : directories) {
                Path file = directory.resolve(name);
                Optional<String> text = PlainFile.find(file).filter(words -> !words.isBlank());
                if (text.isPresent()) {
                    return text.map(words -> new Setting(file, words));
                }
            }
        }
        return Optional.empty();
    }

    /// All that have a file of the name.
    List<Setting> all(String name) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .flatMap(file -> PlainFile.find(file).map(text -> new Setting(file, text)).stream())
                .toList();
    }

    /// What a file says.
    record Setting(Path file, String text) {}
}
