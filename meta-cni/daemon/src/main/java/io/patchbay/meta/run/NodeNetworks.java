package io.patchbay.meta.run;

import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.kube.GivenManifests;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The networks of a node as a command sees them: of some manifests, then of the cluster, or, where
/// there is none, of the directory of manifests that the configuration names.
final class NodeNetworks {
    private NodeNetworks() {}

    static GivenManifests view(
            List<Manifest> given, Settings settings, @Nullable ClusterReader cluster)
            throws IOException {
        List<Manifest> all = new ArrayList<>(given);
        if (cluster != null) {
            all.add(cluster.networks());
            return new GivenManifests(
                    all, (given.isEmpty() ? "" : "the files, nor in ") + cluster.place());
        }
        for (Path file : others(settings.manifests())) {
            all.add(read(file));
        }
        return new GivenManifests(all);
    }

    static Manifest read(Path file) {
        try {
            return ManifestReader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidSettings(
                    List.of("%s cannot be read: %s".formatted(file, Reason.of(e))));
        }
    }

    private static List<Path> others(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(ManifestReader::isManifest).sorted().toList();
        }
    }
}
