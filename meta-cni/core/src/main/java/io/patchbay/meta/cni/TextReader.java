package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.function.Function;

/// Reads a value from a string and from nothing else. What the parser says in an
/// IllegalArgumentException is the message of the ValueInstantiationException.
final class TextReader extends JsonDeserializer<Object> {
    private final Class<?> type;
    private final Function<String, ?> parser;

    TextReader(Class<?> type, Function<String, ?> parser) {
        this.type = type;
        this.parser = parser;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.hasToken(JsonToken.VALUE_STRING)) {
            throw MismatchedInputException.from(in, type, "a string is expected");
        }
        try {
            return parser.apply(in.getText());
        } catch (IllegalArgumentException e) {
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
