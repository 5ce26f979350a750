package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Writes a record as {@link RecordReader} reads it, without what is empty.
final class RecordWriter extends JsonSerializer<Object> {
    private final RecordComponent[] parts;

    RecordWriter(Class<?> type) {
        parts = type.getRecordComponents();
        for (RecordComponent part : parts) {
            part.getAccessor().setAccessible(true);
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeStartObject(value);
        for (RecordComponent part : parts) {
            Object content = unwrap(read(part, value));
            if (content != null) {
                provider.defaultSerializeField(Component.key(part), content, out);
            }
        }
        out.writeEndObject();
    }

    private static Object read(RecordComponent part, Object value) {
        try {
            return part.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + part, e);
        }
    }

    private static @Nullable Object unwrap(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.orElse(null);
            case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
            case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
            default -> value;
        };
    }
}
