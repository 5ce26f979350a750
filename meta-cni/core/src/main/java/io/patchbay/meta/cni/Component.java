package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.SimpleType;
import io.patchbay.spi.Key;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A component of a record with its JSON key.
record Component(String key, JavaType type) {
    static String key(RecordComponent part) {
        Key key = part.getAnnotation(Key.class);
        return key == null ? part.getName() : key.value();
    }

    /// The type that stands in JSON: what an Optional holds.
    JavaType content() {
        if (type.hasRawClass(Optional.class)) {
            return type.containedType(0);
        }
        if (type.hasRawClass(OptionalInt.class)) {
            return SimpleType.constructUnsafe(Integer.class);
        }
        return type.hasRawClass(OptionalLong.class) ? SimpleType.constructUnsafe(Long.class) : type;
    }

    Object wrap(Object value) {
        if (type.hasRawClass(Optional.class)) {
            return Optional.of(value);
        }
        if (type.hasRawClass(OptionalInt.class)) {
            return OptionalInt.of((Integer) value);
        }
        return type.hasRawClass(OptionalLong.class) ? OptionalLong.of((Long) value) : value;
    }

    /// What stands for the key's absence; null where it must be there.
    @Nullable Object absent() {
        Class<?> raw = type.getRawClass();
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (raw == OptionalLong.class) {
            return OptionalLong.empty();
        }
        if (raw == Map.class) {
            return Map.of();
        }
        if (raw == SequencedMap.class) {
            return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
        }
        if (raw == Set.class) {
            return Set.of();
        }
        if (raw == List.class || raw == Collection.class) {
            return List.of();
        }
        return raw.isPrimitive() ? Array.get(Array.newInstance(raw, 1), 0) : null;
    }
}
