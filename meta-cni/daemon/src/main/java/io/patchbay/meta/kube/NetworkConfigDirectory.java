package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// CNI configurations on disk, for networks whose definition has none. Lists count before single
/// plugins, and each kind in the order of its files' names. A file that cannot be read is no
/// obstacle, but a warning that names it. Source: NPWG multi-network specification v1.3, §3.4.1;
/// libcni/conf.go for `loadOnlyInlinedPlugins`.
public record NetworkConfigDirectory(Path directory) {
    private static final Logger LOG = System.getLogger(NetworkConfigDirectory.class.getName());
    private static final List<List<String>> ORDER =
            List.of(List.of(".conflist"), List.of(".conf", ".json"));
    private static final String ONLY_INLINED = "loadOnlyInlinedPlugins";

    /// Finds the configuration whose own `name` this is. A file that has the name and cannot be
    /// used is refused.
    public Optional<NetworkConfigList> find(String name) {
        for (List<String> suffixes : ORDER) {
            for (Path file : files(directory, suffixes)) {
                Optional<ObjectNode> json = read(file);
                if (json.isPresent() && json.get().path("name").asText().equals(name)) {
                    return Optional.of(decode(file, name, json.get()));
                }
            }
        }
        return Optional.empty();
    }

    private NetworkConfigList decode(Path file, String name, ObjectNode json) {
        String what = "CNI configuration " + file;
        boolean onlyInlined = json.path(ONLY_INLINED).asBoolean();
        if (onlyInlined && !json.has("plugins")) {
            throw CniException.invalidConfig(
                    "%s, key \"%s\": it is true, and there are no \"plugins\""
                            .formatted(what, ONLY_INLINED));
        }
        if (!onlyInlined && file.toString().endsWith(".conflist")) {
            addOtherPlugins(name, json);
        }
        return NetworkConfigDecoder.decode(what, Json.text(json), "");
    }

    /// Plugins in files of their own, in a directory that is called as the network is; behind those
    /// of the list itself.
    private void addOtherPlugins(String name, ObjectNode json) {
        List<ObjectNode> others = new ArrayList<>();
        for (Path file : files(directory.resolve(name), List.of(".conf"))) {
            read(file).ifPresent(others::add);
        }
        if (!others.isEmpty()) {
            ArrayNode plugins =
                    json.get("plugins") instanceof ArrayNode inlined
                            ? inlined
                            : json.putArray("plugins");
            others.forEach(plugins::add);
        }
    }

    private static List<Path> files(Path directory, List<String> suffixes) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(file -> suffixes.stream().anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be read: {1}", directory, e);
            return List.of();
        }
    }

    private static Optional<ObjectNode> read(Path file) {
        try {
            JsonNode json = Json.decode("CNI configuration " + file, Disk.read(file));
            if (json instanceof ObjectNode object) {
                return Optional.of(object);
            }
            LOG.log(Level.WARNING, "{0} is left out: it is no JSON object", file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} is left out: {1}", file, e.getMessage());
        } catch (CniException e) {
            LOG.log(Level.WARNING, "left out: {0}", e.getMessage());
        }
        return Optional.empty();
    }
}
