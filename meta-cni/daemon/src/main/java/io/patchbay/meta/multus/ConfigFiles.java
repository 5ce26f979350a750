package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.translation.Source;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// CNI configurations on disk, as Multus and libcni look for them. Source: libcni/conf.go; Multus
/// pkg/k8sclient/k8sclient.go, getKubernetesDelegate and getNetDelegate.
final class ConfigFiles {
    private static final Pattern CONFIG = Pattern.compile(".+\\.(conf|conflist|json)");
    private static final Pattern CHAINED = Pattern.compile(".+\\.conf");
    private static final Pattern OWN = Pattern.compile("00-(multus|patchbay).*");
    // Multus' manifests mount the node's root here.
    private static final String MOUNTED = "/host/";

    private ConfigFiles() {}

    /// A path of the node, whether Multus saw it below its mount or not.
    static Path onNode(String path) {
        Path given = Path.of(path);
        return path.startsWith(MOUNTED) && Files.notExists(given)
                ? Path.of(path.substring(MOUNTED.length() - 1))
                : given;
    }

    /// A configuration with what is chained to it from the directory of its name.
    static ObjectNode read(Path file) {
        ObjectNode config = Json.decodeObject(file.toString(), Source.text(file));
        boolean list = config.path("plugins") instanceof ArrayNode;
        if (list && !config.path("loadOnlyInlinedPlugins").asBoolean()) {
            chained(file, config.path("name").asText())
                    .forEach(((ArrayNode) config.path("plugins"))::add);
        }
        return config;
    }

    /// The plugins in the directory of a name beside a file.
    static List<ObjectNode> chained(Path file, String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        return files(file.resolveSibling(name), CHAINED).stream()
                .map(one -> Json.decodeObject(one.toString(), Source.text(one)))
                .toList();
    }

    /// The first by name, which the daemon takes for the primary network: but for Multus' own, and
    /// for ours.
    static Optional<Path> first(Path directory) {
        return files(directory, CONFIG).stream()
                .filter(file -> !OWN.matcher(String.valueOf(file.getFileName())).matches())
                .findFirst();
    }

    /// The file whose configuration has a name.
    static Optional<Path> named(Path directory, String name) {
        return files(directory, CONFIG).stream()
                .filter(file ->
                        Json.decodeObject(file.toString(), Source.text(file))
                                .path("name")
                                .asText()
                                .equals(name))
                .findFirst();
    }

    private static List<Path> files(Path directory, Pattern wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> wanted.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE, "%s cannot be read".formatted(directory), e);
        }
    }
}
