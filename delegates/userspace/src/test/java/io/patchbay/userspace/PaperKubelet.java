package io.patchbay.userspace;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.DirectoryChange;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A kubelet's directory where each pod has the volume `data` as soon as somebody looks for it, and
/// the directory of the wires beside it.
record PaperKubelet(Path root) {
    static final String VOLUME = "data";

    Hardware hardware() {
        return new Hardware(kernel -> new Volumes(kernel), this::snapshot, List.of());
    }

    String settings() {
        return """
        {"directory": "%s", "kubelet": "%s"}
        """
                .formatted(wires(), root);
    }

    Path wires() {
        return root.resolve("wires");
    }

    Path volume(String pod) {
        return root.resolve("pods").resolve(pod).resolve("volumes/kubernetes.io~empty-dir/data");
    }

    /// What is in the volumes and among the wires, with its mode.
    Snapshot snapshot() {
        return new Snapshot(Map.of("kubelet", lines()));
    }

    private List<String> lines() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(this::line).flatMap(Optional::stream).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> line(Path file) {
        String name = root.relativize(file).toString();
        boolean told = name.startsWith("wires/") || name.contains("/data/");
        return told ? Optional.of(mode(file) + " " + name) : Optional.empty();
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Volumes implements Kernel, Directories {
        private final Kernel kernel;

        Volumes(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public Netns host() {
            return kernel.host();
        }

        @Override
        public OpenNetns openHost() {
            return kernel.openHost();
        }

        @Override
        public OpenNetns open(String path) {
            return kernel.open(path);
        }

        @Override
        public OpenNetns adopt(int descriptor, String path) {
            return kernel.adopt(descriptor, path);
        }

        @Override
        public Pci pci() {
            return kernel.pci();
        }

        @Override
        public Directories directories() {
            return this;
        }

        @Override
        public Optional<Directory> find(Place place) {
            if (place.name().equals(VOLUME)) {
                try {
                    Files.createDirectories(place.path());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return kernel.directories().find(place);
        }

        @Override
        public void apply(DirectoryChange change) {
            kernel.directories().apply(change);
        }
    }
}
