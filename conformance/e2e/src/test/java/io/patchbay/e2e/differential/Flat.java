package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A tree of JSON as a value a path. What is empty has none, and a list of plain values is one.
final class Flat {
    private Flat() {}

    static void put(Map<String, String> flat, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> put(flat, path + " " + entry.getKey(), entry.getValue()));
        } else if (node.isArray() && !node.isEmpty()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                if (node.get(i).isValueNode()) {
                    values.add(node.get(i).asText());
                } else {
                    put(flat, path + " " + i, node.get(i));
                }
            }
            if (!values.isEmpty()) {
                flat.put(path, String.join(", ", values));
            }
        } else if (node.isValueNode()) {
            flat.put(path, node.asText());
        }
    }
}
