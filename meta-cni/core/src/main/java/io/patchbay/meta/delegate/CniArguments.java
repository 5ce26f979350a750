package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.Argument;
import java.util.List;

/// The keys of a configuration's `args.cni` that its record takes, each an {@link Argument}. Others
/// are for other plugins of the chain.
record CniArguments(ObjectNode json) {
    private static final String PLACE = "args.cni.";

    static CniArguments of(ObjectNode config, Class<? extends Record> type) {
        ObjectNode taken = Json.object();
        for (var entry : config.path("args").path("cni").properties()) {
            if (Json.arguments(type).contains(entry.getKey()) && !entry.getValue().isNull()) {
                taken.set(entry.getKey(), entry.getValue());
            }
        }
        return new CniArguments(taken);
    }

    /// Puts them over a configuration's keys, those of an object one by one.
    ObjectNode over(ObjectNode keys) {
        ObjectNode whole = keys.deepCopy();
        for (var entry : json.properties()) {
            if (entry.getValue() instanceof ObjectNode given
                    && whole.get(entry.getKey()) instanceof ObjectNode own) {
                own.setAll(given);
            } else {
                whole.set(entry.getKey(), entry.getValue());
            }
        }
        return whole;
    }

    /// The keys that lead to what a place is in, which is here or in the configuration itself.
    String prefix(List<Reference> place) {
        JsonNode node = json;
        for (Reference step : place) {
            node =
                    step.getFieldName() == null
                            ? node.path(step.getIndex())
                            : node.path(step.getFieldName());
        }
        return place.isEmpty() || node.isMissingNode() ? "" : PLACE;
    }
}
