package io.patchbay.vpc.pool;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The variables of the VPC CNI, read as it reads them. An empty one is none. A bad value is an
/// IllegalArgumentException that names it.
record Environment(Map<String, String> variables) {
    // strconv.ParseBool
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private Optional<String> find(String key) {
        return Optional.ofNullable(variables.get(key)).filter(value -> !value.isEmpty());
    }

    Optional<Boolean> flag(String key) {
        return find(key)
                .map(value -> {
                    if (!TRUE.contains(value) && !FALSE.contains(value)) {
                        throw new IllegalArgumentException(
                                "%s is \"%s\": it is true or false".formatted(key, value));
                    }
                    return TRUE.contains(value);
                });
    }

    /// A whole number of 0 or more.
    Optional<Integer> count(String key) {
        return number(key)
                .map(number -> {
                    if (number < 0) {
                        throw noCount(key, number.toString());
                    }
                    return number;
                });
    }

    Optional<Integer> number(String key) {
        return find(key)
                .map(value -> {
                    try {
                        return Integer.valueOf(value);
                    } catch (NumberFormatException e) {
                        throw noCount(key, value);
                    }
                });
    }

    private static IllegalArgumentException noCount(String key, String value) {
        return new IllegalArgumentException(
                "%s is \"%s\": it is a whole number of 0 or more".formatted(key, value));
    }
}
