package io.patchbay.meta.multus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An entry of libcni's cache: one attachment that was made to its end. Source: libcni/api.go,
/// cachedInfo and cacheAdd; before 0.8 an entry was the bare result.
///
/// @param args the pairs of CNI_ARGS
/// @param capabilities what was offered to the plugins that declare it
/// @param config empty where the entry does not have it
record CachedResult(
        Path file,
        FileTime written,
        String network,
        String containerId,
        String ifName,
        String netns,
        Map<String, String> args,
        ObjectNode capabilities,
        Optional<ObjectNode> config,
        Optional<ObjectNode> result) {
    private static final Logger LOG = System.getLogger(CachedResult.class.getName());
    private static final String KIND = "cniCacheV1";

    CachedResult {
        args = Map.copyOf(args);
    }

    /// Reads an entry. One that is damaged tells no more than its name does:
    /// `NETWORK-CONTAINER-INTERFACE`.
    static CachedResult decode(Path file, FileTime written, byte[] content, String containerId) {
        String name = String.valueOf(file.getFileName());
        int at = name.indexOf(infix(containerId));
        String network = name.substring(0, at);
        String ifName = name.substring(at + infix(containerId).length());
        ObjectNode json = read(file, content);
        boolean bare = !json.path("kind").asText().equals(KIND);
        return new CachedResult(
                file,
                written,
                json.path("networkName").asText(network),
                json.path("containerId").asText(containerId),
                json.path("ifName").asText(ifName),
                json.path("netns").asText(),
                pairs(json.path("cniArgs")),
                json.path("capabilityArgs") instanceof ObjectNode given ? given : Json.object(),
                CachedDelegate.embedded(json.path("config")),
                result(bare ? json : json.path("result")));
    }

    private static ObjectNode read(Path file, byte[] content) {
        try {
            return Json.decodeObject(file.toString(), new String(content, UTF_8));
        } catch (CniException e) {
            LOG.log(Level.WARNING, "{0}: used by its name alone", e.getMessage());
            return Json.object();
        }
    }

    private static Optional<ObjectNode> result(JsonNode node) {
        return node instanceof ObjectNode object && !object.isEmpty()
                ? Optional.of(object)
                : Optional.empty();
    }

    /// What the name of each of a container's entries has in its middle.
    static String infix(String containerId) {
        return "-" + containerId + "-";
    }

    private static Map<String, String> pairs(JsonNode list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        list.forEach(pair -> pairs.put(pair.path(0).asText(), pair.path(1).asText()));
        return pairs;
    }
}
