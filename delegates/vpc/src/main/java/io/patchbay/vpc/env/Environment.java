package io.patchbay.vpc.env;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// The variables of the VPC CNI, read as it reads them. An empty one is none. A bad value is an
/// IllegalArgumentException that names it.
public record Environment(Map<String, String> variables) {
    // strconv.ParseBool
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    public Optional<String> word(String key) {
        return Optional.ofNullable(variables.get(key)).filter(value -> !value.isEmpty());
    }

    public Optional<Boolean> flag(String key) {
        return word(key)
                .map(value -> {
                    if (!TRUE.contains(value) && !FALSE.contains(value)) {
                        throw new IllegalArgumentException(
                                "%s is \"%s\": it is true or false".formatted(key, value));
                    }
                    return TRUE.contains(value);
                });
    }

    /// The words between commas.
    public List<String> words(String key) {
        return word(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /// A number in C's notation: decimal, 0x for hexadecimal, 0 for octal.
    public Optional<Integer> bits(String key) {
        return word(key)
                .map(value -> {
                    try {
                        return Integer.decode(value);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                "%s is \"%s\": it is a number, such as 0x80".formatted(key, value));
                    }
                });
    }

    /// A whole number of 0 or more.
    public Optional<Integer> count(String key) {
        return number(key)
                .map(number -> {
                    if (number < 0) {
                        throw noCount(key, number.toString());
                    }
                    return number;
                });
    }

    public Optional<Integer> number(String key) {
        return word(key)
                .map(value -> {
                    try {
                        return Integer.valueOf(value);
                    } catch (NumberFormatException e) {
                        throw noCount(key, value);
                    }
                });
    }

    /// Keys and values, as an object of JSON.
    public Map<String, String> tags(String key) {
        return word(key).map(value -> tags(key, value)).orElse(Map.of());
    }

    private static Map<String, String> tags(String key, String value) {
        try {
            Map<String, String> tags = new TreeMap<>();
            JsonNode.parser()
                    .parse(value)
                    .asObject()
                    .forEach((name, text) -> tags.put(name, text.asString()));
            return tags;
        } catch (UncheckedIOException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "%s is \"%s\": it is an object of texts in JSON, such as {\"team\": \"ran\"}"
                            .formatted(key, value),
                    e);
        }
    }

    private static IllegalArgumentException noCount(String key, String value) {
        return new IllegalArgumentException(
                "%s is \"%s\": it is a whole number of 0 or more".formatted(key, value));
    }
}
