package io.patchbay.cloud.controller;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A choice of objects by their labels; an empty one takes all. Source: meta/v1 LabelSelector.
public record LabelSelector(Map<String, String> labels, List<Requirement> expressions) {
    public static final LabelSelector ALL = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        labels = Map.copyOf(labels);
        expressions = List.copyOf(expressions);
    }

    public static LabelSelector of(Map<String, String> labels) {
        return new LabelSelector(labels, List.of());
    }

    /// What one expression demands of the label of its key.
    public sealed interface Requirement {
        String key();

        boolean isMetBy(Optional<String> value);

        record In(String key, Set<String> values) implements Requirement {
            public In {
                values = some(key, "In", values);
            }

            @Override
            public boolean isMetBy(Optional<String> value) {
                return value.filter(values::contains).isPresent();
            }
        }

        /// An object without the label meets it too.
        record NotIn(String key, Set<String> values) implements Requirement {
            public NotIn {
                values = some(key, "NotIn", values);
            }

            @Override
            public boolean isMetBy(Optional<String> value) {
                return value.filter(values::contains).isEmpty();
            }
        }

        record Exists(String key) implements Requirement {
            @Override
            public boolean isMetBy(Optional<String> value) {
                return value.isPresent();
            }
        }

        record DoesNotExist(String key) implements Requirement {
            @Override
            public boolean isMetBy(Optional<String> value) {
                return value.isEmpty();
            }
        }

        /// By the name that Kubernetes has for the operator.
        static Requirement of(String key, String operator, Set<String> values) {
            return switch (operator) {
                case "In" -> new In(key, values);
                case "NotIn" -> new NotIn(key, values);
                case "Exists" -> new Exists(key);
                case "DoesNotExist" -> new DoesNotExist(key);
                default ->
                        throw new IllegalArgumentException(
                                "operator \"%s\" of label \"%s\" is none of In, NotIn, Exists and DoesNotExist"
                                        .formatted(operator, key));
            };
        }

        private static Set<String> some(String key, String operator, Set<String> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException(
                        "operator %s of label \"%s\" needs values".formatted(operator, key));
            }
            return Set.copyOf(values);
        }
    }

    public boolean matches(Map<String, String> object) {
        return object.entrySet().containsAll(labels.entrySet())
                && expressions.stream()
                        .allMatch(one -> one.isMetBy(Optional.ofNullable(object.get(one.key()))));
    }
}
