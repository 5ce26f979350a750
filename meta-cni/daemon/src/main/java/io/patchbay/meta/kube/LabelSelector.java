package io.patchbay.meta.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A choice of objects by their labels, as Kubernetes writes it; an empty one takes all. Source:
/// meta/v1 LabelSelector.
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
    public LabelSelector {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    /// What Kubernetes calls an operator.
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }

        public static Optional<Operator> find(String text) {
            for (Operator operator : values()) {
                if (operator.text.equals(text)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }
    }

    /// One expression. With IN and NOT_IN goes at least one value, with the others none.
    public record Requirement(String key, Operator operator, Set<String> values) {
        public Requirement {
            values = Set.copyOf(values);
            boolean needsValues = operator == Operator.IN || operator == Operator.NOT_IN;
            if (needsValues == values.isEmpty()) {
                throw new IllegalArgumentException(
                        needsValues
                                ? "operator %s needs values".formatted(operator)
                                : "operator %s takes no values".formatted(operator));
            }
        }

        private boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                // An object without the label is taken too, as Kubernetes does.
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    public boolean matches(Map<String, String> labels) {
        return labels.entrySet().containsAll(matchLabels.entrySet())
                && matchExpressions.stream().allMatch(one -> one.matches(labels));
    }
}
