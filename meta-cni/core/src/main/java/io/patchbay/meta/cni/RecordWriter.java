package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Writes a record as {@link RecordReader} reads it, without what is empty.
final class RecordWriter extends JsonSerializer<Object> {
    private final List<Part> parts;

    RecordWriter(Class<?> type) {
        parts = Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
    }

    private record Part(String key, Method accessor) {
        static Part of(RecordComponent component) {
            component.getAccessor().setAccessible(true);
            return new Part(Component.key(component), component.getAccessor());
        }

        Object read(Object value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeStartObject(value);
        for (Part part : parts) {
            Object content = unwrap(part.read(value));
            if (content != null) {
                provider.defaultSerializeField(part.key(), content, out);
            }
        }
        out.writeEndObject();
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
