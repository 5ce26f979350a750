package io.patchbay.dpdk.pod;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// An object of JSON, whose values are asked for by key and type. Null counts as absent, and so
/// does an empty string, as Go writes them.
///
/// @param where the file or the variable that it stands in
/// @param path of the object therein; it is empty or ends with a dot
record JsonFields(String where, String path, Map<String, @Nullable Object> values) {
    static JsonFields of(String where, String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, one) -> values.put(String.valueOf(key), one));
            return new JsonFields(where, path, values);
        }
        throw unexpected(where, path.replaceFirst("\\.$", ""), "an object", value);
    }

    Optional<String> string(String key) {
        Object value = values.get(key);
        if (value == null || value.equals("")) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw unexpected(where, path + key, "a string", value);
    }

    String getString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    boolean isTrue(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw unexpected(where, path + key, "true or false", value);
    }

    /// Of at least 0.
    OptionalInt number(String key) {
        Object value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            if (value instanceof BigDecimal number && number.signum() >= 0) {
                return OptionalInt.of(number.intValueExact());
            }
        } catch (ArithmeticException e) {
            throw new PodException(
                    "%s, key \"%s\": %s is no whole number of 32 bits"
                            .formatted(where, path + key, value),
                    e);
        }
        throw unexpected(where, path + key, "a whole number", value);
    }

    List<String> strings(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw unexpected(where, path + key, "a list", value);
        }
        List<String> strings = new ArrayList<>();
        for (Object one : list) {
            if (!(one instanceof String text)) {
                throw unexpected(
                        where, "%s%s[%d]".formatted(path, key, strings.size()), "a string", one);
            }
            strings.add(text);
        }
        return strings;
    }

    Optional<JsonFields> object(String key) {
        Object value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(of(where, path + key + ".", value));
    }

    JsonFields getObject(String key) {
        return object(key).orElseThrow(() -> missing(key));
    }

    /// One of some words.
    String getWord(String key, List<String> words) {
        String word = getString(key);
        if (!words.contains(word)) {
            throw refusal(key, "\"%s\" is none of %s".formatted(word, String.join(", ", words)));
        }
        return word;
    }

    PodException missing(String key) {
        return refusal(key, "it is missing");
    }

    PodException refusal(String key, String why) {
        return new PodException("%s, key \"%s\": %s".formatted(where, path + key, why));
    }

    private static PodException unexpected(
            String where, String key, String what, @Nullable Object value) {
        String found = value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
        String at = key.isEmpty() ? "" : ", key \"%s\"".formatted(key);
        return new PodException(
                "%s%s: %s is expected, and %s is there".formatted(where, at, what, found));
    }
}
