package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniResult;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// One plugin's configuration object: the JSON as it came, and the few keys the core itself reads.
/// Nobody changes the tree.
public record PluginConfig(ObjectNode json) {
    /// The CNI `type`; decoding made sure that it is there.
    public String type() {
        return json.path("type").asText();
    }

    /// The network's name; empty for a plugin of a list before the list's name is injected.
    public String network() {
        return json.path("name").asText();
    }

    /// The `ipam` section, where there is one that names a type.
    public Optional<ObjectNode> ipam() {
        return json.get("ipam") instanceof ObjectNode ipam && ipam.hasNonNull("type")
                ? Optional.of(ipam)
                : Optional.empty();
    }

    /// The resolver settings of its own, which come before an IPAM's. Code 6 for what are none.
    ///
    /// @param where names the object in refusals
    public Optional<CniResult.Dns> dns(String where) {
        return JsonObject.read(where, json)
                .object("dns")
                .map(ResultReader::dns)
                .filter(own -> !own.equals(CniResult.Dns.EMPTY));
    }

    /// The capabilities it declares true.
    public Set<String> capabilities() {
        Set<String> declared = new LinkedHashSet<>();
        for (var entry : json.path("capabilities").properties()) {
            if (entry.getValue().asBoolean()) {
                declared.add(entry.getKey());
            }
        }
        return declared;
    }

    public Optional<JsonNode> find(String key) {
        return Optional.ofNullable(json.get(key));
    }
}
