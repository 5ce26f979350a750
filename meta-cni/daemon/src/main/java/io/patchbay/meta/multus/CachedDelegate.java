package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An element of Multus' scratch file of a container: one network that it attached. Source: Multus
/// pkg/types/types.go, DelegateNetConf; pkg/multus/multus.go, saveDelegates and getIfname.
///
/// @param position in the file, which gives the interface its name
/// @param name what Multus calls it: `namespace/name` of its definition, or the name of its file
/// @param interfaceRequest empty where none was asked for
/// @param macRequest what CNI_ARGS told as MAC; empty where nothing, as is ipRequest
/// @param config the plugin, or the list of plugins, as Multus called it; empty where it is lost
record CachedDelegate(
        int position,
        String name,
        String interfaceRequest,
        String macRequest,
        String ipRequest,
        Optional<ObjectNode> config) {

    /// Reads a scratch file; code 6 where it is none. A missing element counts for the positions
    /// behind it, and is nothing.
    static List<CachedDelegate> decode(Path file, byte[] content) {
        JsonNode root = Json.decode(file.toString(), content);
        List<CachedDelegate> delegates = new ArrayList<>();
        if (root.isNull()) {
            return delegates;
        }
        if (!(root instanceof ArrayNode elements)) {
            throw new CniException(
                    Standard.UNDECODABLE,
                    "%s is no cache of Multus: a list of delegates is expected".formatted(file));
        }
        for (int position = 0; position < elements.size(); position++) {
            JsonNode element = elements.get(position);
            if (element instanceof ObjectNode delegate) {
                delegates.add(of(position, delegate));
            } else if (!element.isNull()) {
                throw new CniException(
                        Standard.UNDECODABLE,
                        "%s, key \"[%d]\": an object is expected, not %s"
                                .formatted(file, position, element));
            }
        }
        return delegates;
    }

    private static CachedDelegate of(int position, ObjectNode json) {
        return new CachedDelegate(
                position,
                json.path("Name").asText(),
                json.path("ifnameRequest").asText(),
                json.path("macRequest").asText(),
                json.path("ipRequest")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(",")),
                config(json));
    }

    /// The exact text first: what Multus parsed of it has lost the keys that only the plugin knows.
    private static Optional<ObjectNode> config(ObjectNode json) {
        Optional<ObjectNode> exact = embedded(json.path("Bytes"));
        if (exact.isPresent()) {
            return exact;
        }
        if (json.path("ConfList").path("plugins").path(0).hasNonNull("type")) {
            return Optional.of((ObjectNode) json.path("ConfList"));
        }
        return json.path("Conf") instanceof ObjectNode conf && !conf.path("type").asText().isEmpty()
                ? Optional.of(conf)
                : Optional.empty();
    }

    /// JSON inside JSON, as Go writes bytes: in base64.
    static Optional<ObjectNode> embedded(JsonNode base64) {
        if (!base64.isTextual()) {
            return Optional.empty();
        }
        try {
            JsonNode inner = Json.decode("the embedded configuration", base64.binaryValue());
            return inner instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException | CniException e) {
            return Optional.empty();
        }
    }

    /// @param primary CNI_IFNAME as the runtime gave it
    String ifName(String primary) {
        if (!interfaceRequest.isEmpty()) {
            return interfaceRequest;
        }
        return position == 0 ? primary : "net" + position;
    }
}
