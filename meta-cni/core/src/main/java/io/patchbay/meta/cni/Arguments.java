package io.patchbay.meta.cni;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// CNI_ARGS: `KEY=VALUE;KEY=VALUE`. Source: CNI SPEC.md, "Parameters"; libcni pkg/types/args.go.
final class Arguments {
    private Arguments() {}

    /// What is wrong with the text, in words that may follow it.
    static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Set<String> keys = new HashSet<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                return Optional.of("holds \"%s\": write KEY=VALUE;KEY=VALUE".formatted(pair));
            }
            if (pair.indexOf('=', equals + 1) >= 0) {
                return Optional.of(
                        "holds \"%s\": a value cannot contain \"=\", for plugins could not read it"
                                .formatted(pair));
            }
            if (!keys.add(pair.substring(0, equals))) {
                return Optional.of("holds \"%s\" twice".formatted(pair.substring(0, equals)));
            }
        }
        return Optional.empty();
    }

    /// The pairs of a text that has no problem.
    static Map<String, String> decode(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return pairs;
        }
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
