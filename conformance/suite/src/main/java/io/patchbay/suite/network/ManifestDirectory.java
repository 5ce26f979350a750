package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.patchbay.suite.plugin.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A directory of manifests that the meta plugin watches. Each batch is a file of its own; the
/// status of a pod is in `status/NAMESPACE.POD.yaml`.
public final class ManifestDirectory implements PodCluster {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path directory;
    private final List<Path> written = new ArrayList<>();

    public ManifestDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public String namespace() {
        return "patchbay-conformance";
    }

    @Override
    public String otherNamespace() {
        return "patchbay-conformance-other";
    }

    @Override
    public void create(List<ObjectNode> objects) {
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append("---\n").append(object).append('\n'));
        Path file = directory.resolve("conformance-%d.yaml".formatted(written.size()));
        try {
            Path part = Files.writeString(directory.resolve(".conformance"), text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            written.add(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uid(String pod) {
        return "";
    }

    @Override
    public JsonNode status(String pod) {
        Path file = directory.resolve("status/%s.%s.yaml".formatted(namespace(), pod));
        try {
            if (!Files.exists(file)) {
                return YAML.missingNode();
            }
            String text =
                    YAML.readTree(Files.readString(file))
                            .path("metadata")
                            .path("annotations")
                            .path(Objects.STATUS)
                            .asText();
            return StrictJson.list("network-status", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        written.forEach(file -> file.toFile().delete());
    }
}
