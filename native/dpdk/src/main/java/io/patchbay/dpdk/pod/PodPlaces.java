package io.patchbay.dpdk.pod;

import java.nio.file.Path;
import java.util.Map;

/// Where a container finds what it was told of itself.
///
/// @param root what stands for `/`: `proc`, `sys` and `dev` are looked for below it
/// @param annotations the file of a downward API volume with the pod's annotations, or with the
///   network-status alone; files about hugepages are looked for beside it
/// @param environment of the process
public record PodPlaces(Path root, Path annotations, Map<String, String> environment) {
    /// The variable that names another file than {@link #ANNOTATIONS}.
    public static final String VARIABLE = "PATCHBAY_POD_ANNOTATIONS";

    /// Where the network resources injector, and the examples of Patchbay, mount it.
    public static final String ANNOTATIONS = "/etc/podnetinfo/annotations";

    public PodPlaces {
        environment = Map.copyOf(environment);
    }

    /// Those of this process.
    public static PodPlaces ofThisProcess() {
        return below(Path.of("/"), System.getenv());
    }

    /// Those of a tree that stands for a container's root directory.
    public static PodPlaces below(Path root, Map<String, String> environment) {
        String annotations = environment.getOrDefault(VARIABLE, "");
        Path file =
                annotations.isEmpty() ? in(root, ANNOTATIONS) : root.resolve(Path.of(annotations));
        return new PodPlaces(root, file, environment);
    }

    public PodPlaces withAnnotations(Path file) {
        return new PodPlaces(root, file, environment);
    }

    /// @param path absolute, as a process in the container has it
    Path at(String path) {
        return in(root, path);
    }

    private static Path in(Path root, String path) {
        return root.resolve(path.replaceFirst("^/+", ""));
    }
}
