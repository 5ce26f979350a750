package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.kube.NetworkAttachmentDefinition;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Looks for a network as Multus does: a name is a definition in Multus' namespace, else a file of
/// `confDir` whose configuration has that name; with a slash it is a file, or a directory whose
/// first file it is. Source: Multus pkg/k8sclient/k8sclient.go, getNetDelegate.
///
/// @param namespace Multus' `multusNamespace`
record NetworkFinder(Networks networks, String namespace, Path confDir) {

    Optional<FoundNetwork> find(String name) {
        return name.contains("/") ? path(name) : definition(name).or(() -> named(name));
    }

    private Optional<FoundNetwork> definition(String name) {
        return networks.find(namespace, name)
                .map(found ->
                        new FoundNetwork(
                                "NetworkAttachmentDefinition " + found,
                                Optional.empty(),
                                config(found)));
    }

    /// A definition without a configuration stands for the file of its name.
    private ObjectNode config(NetworkAttachmentDefinition definition) {
        String what = "NetworkAttachmentDefinition " + definition;
        ObjectNode config =
                definition
                        .config()
                        .filter(text -> !text.isBlank())
                        .map(text -> Json.decodeObject(what, text))
                        .or(() -> named(definition.name()).map(FoundNetwork::config))
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "%s, key \"spec.config\": it is missing, and no file in %s has that name"
                                                .formatted(what, confDir)));
        return named(config, definition.name());
    }

    private Optional<FoundNetwork> named(String name) {
        return ConfigFiles.named(confDir, name).map(NetworkFinder::found);
    }

    private static Optional<FoundNetwork> path(String text) {
        Path path = ConfigFiles.onNode(text);
        return (Files.isDirectory(path)
                        ? ConfigFiles.first(path)
                        : Optional.of(path).filter(Files::exists))
                .map(NetworkFinder::found);
    }

    static FoundNetwork found(Path file) {
        return new FoundNetwork(file.toString(), Optional.of(file), ConfigFiles.read(file));
    }

    private static ObjectNode named(ObjectNode config, String name) {
        if (config.path("name").asText().isEmpty()) {
            config.put("name", name);
        }
        return config;
    }
}
