package io.patchbay.meta.kube;

import io.patchbay.spi.pod.CustomKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A directory of manifests as it was at one moment. Of two objects with one name the first counts,
/// in the order of the files' names.
final class ManifestIndex {
    /// There is one, whatever it is called.
    private static final String THIS_NODE = "";

    static final ManifestIndex EMPTY = new ManifestIndex(Map.of());

    private final Map<Path, ManifestFile> files;
    private final Map<String, Entry<Pod>> pods = new LinkedHashMap<>();
    private final Map<String, Entry<NetworkAttachmentDefinition>> networks = new LinkedHashMap<>();
    private final Map<String, Entry<Namespace>> namespaces = new LinkedHashMap<>();
    private final Map<String, Entry<Node>> nodes = new LinkedHashMap<>();
    private final Map<String, Entry<CustomObject>> objects = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// An object with the file it is from.
    record Entry<T>(ManifestFile file, T value) {
        /// Whether the file is still the one that was read.
        boolean isFresh() {
            return file.isFresh();
        }
    }

    private ManifestIndex(Map<Path, ManifestFile> files) {
        this.files = files;
        for (ManifestFile file : files.values()) {
            Manifest manifest = file.manifest();
            manifest.problems().forEach(problem -> problems.add(problem.toString()));
            for (Pod pod : manifest.pods()) {
                enter(pods, "pod " + pod.ref(), pod.ref().toString(), new Entry<>(file, pod));
            }
            for (NetworkAttachmentDefinition network : manifest.networks()) {
                String name = network.toString();
                enter(
                        networks,
                        "NetworkAttachmentDefinition " + name,
                        name,
                        new Entry<>(file, network));
            }
            for (Namespace namespace : manifest.namespaces()) {
                String name = namespace.name();
                enter(namespaces, "namespace " + name, name, new Entry<>(file, namespace));
            }
            for (Node node : manifest.nodes()) {
                enter(nodes, "this node", THIS_NODE, new Entry<>(file, node));
            }
            for (CustomObject object : manifest.objects()) {
                String name = object.apiVersion() + " " + object;
                enter(objects, name, name, new Entry<>(file, object));
            }
        }
    }

    private <T> void enter(Map<String, Entry<T>> into, String title, String name, Entry<T> entry) {
        Entry<T> first = into.putIfAbsent(name, entry);
        if (first != null) {
            problems.add(
                    "%s is in %s and again in %s: the first counts"
                            .formatted(title, first.file().path(), entry.file().path()));
        }
    }

    /// Reads a directory; a file that has not changed is taken from before, and so is all where
    /// none has.
    static ManifestIndex read(Path directory, ManifestIndex before) {
        Map<Path, ManifestFile> files = new LinkedHashMap<>();
        for (Path path : manifests(directory)) {
            ManifestFile known = before.files.get(path);
            Optional<ManifestFile> file =
                    known != null && known.isFresh() ? Optional.of(known) : ManifestFile.read(path);
            file.ifPresent(one -> files.put(path, one));
        }
        return files.equals(before.files) ? before : new ManifestIndex(files);
    }

    private static List<Path> manifests(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(ManifestReader::isManifest).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(directory), e);
        }
    }

    Optional<Entry<Pod>> findPod(String namespace, String name) {
        return Optional.ofNullable(pods.get(namespace + "/" + name));
    }

    Optional<Entry<NetworkAttachmentDefinition>> findNetwork(String namespace, String name) {
        return Optional.ofNullable(networks.get(namespace + "/" + name));
    }

    Optional<Entry<Namespace>> findNamespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    Optional<Entry<Node>> findNode() {
        return Optional.ofNullable(nodes.get(THIS_NODE));
    }

    Optional<Entry<CustomObject>> findObject(CustomKind kind, String name) {
        return objects.values().stream().filter(entry -> entry.value().is(kind, name)).findFirst();
    }

    List<NetworkAttachmentDefinition> networks() {
        return networks.values().stream().map(Entry::value).toList();
    }

    List<String> problems() {
        return problems;
    }
}
