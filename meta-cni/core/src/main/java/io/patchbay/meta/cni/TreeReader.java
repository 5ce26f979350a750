package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Reads a plugin's configuration as the tree that it is.
final class TreeReader extends JsonDeserializer<PluginConfig> {
    @Override
    public PluginConfig deserialize(JsonParser in, DeserializationContext context)
            throws IOException {
        return new PluginConfig(context.readValue(in, ObjectNode.class));
    }

    @Override
    public boolean isCachable() {
        return true;
    }
}
