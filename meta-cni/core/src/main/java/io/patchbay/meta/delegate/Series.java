package io.patchbay.meta.delegate;

import io.patchbay.spi.Meters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One number of {@link Meters}: a name, and labels as name, value, name, value. What a name may be
/// is Prometheus' data model.
public record Series(String name, List<String> labels) {
    /// What the name of every counter ends in, whether its delegate writes it or not.
    public static final String COUNTER = "_total";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final String RESERVED = "__";

    public Series {
        labels = List.copyOf(labels);
    }

    public static Series counter(String name, String... labels) {
        return new Series(name.endsWith(COUNTER) ? name : name + COUNTER, List.of(labels));
    }

    /// As an IllegalArgumentException where it ends as a counter does.
    public static Series gauge(String name, String... labels) {
        if (name.endsWith(COUNTER)) {
            throw new IllegalArgumentException(
                    "gauge %s ends in %s, as counters do: give it another name"
                            .formatted(name, COUNTER));
        }
        return new Series(name, List.of(labels));
    }

    /// Refuses names that cannot be told, with an IllegalArgumentException.
    public Series requireValid() {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name of a meter: use ASCII letters, digits and _"
                            .formatted(name));
        }
        if (labels.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "meter %s has labels that are no pairs of name and value: %s"
                            .formatted(name, labels));
        }
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < labels.size(); n += 2) {
            String label = labels.get(n);
            if (!NAME.matcher(label).matches() || label.startsWith(RESERVED)) {
                throw new IllegalArgumentException(
                        "meter %s has a label \"%s\": use ASCII letters, digits and _, and not __ in front"
                                .formatted(name, label));
            }
            if (!seen.add(label)) {
                throw new IllegalArgumentException(
                        "meter %s has the label \"%s\" twice".formatted(name, label));
            }
        }
        return this;
    }
}
