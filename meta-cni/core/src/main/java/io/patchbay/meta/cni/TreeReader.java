package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.util.function.Function;

/// Reads a value from an object as a tree. What its own reader refuses is the message of a
/// ValueInstantiationException.
final class TreeReader<T> extends JsonDeserializer<T> {
    private final Class<T> type;
    private final Function<ObjectNode, T> reader;

    TreeReader(Class<T> type, Function<ObjectNode, T> reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        ObjectNode tree = context.readValue(in, ObjectNode.class);
        try {
            return reader.apply(tree);
        } catch (CniException e) {
            throw ValueInstantiationException.from(
                    in, String.valueOf(e.getMessage()), context.constructType(type), e);
        }
    }

    @Override
    public Class<?> handledType() {
        return type;
    }

    @Override
    public boolean isCachable() {
        return true;
    }
}
