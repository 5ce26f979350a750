package io.patchbay.meta.run;

import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.kube.LabelSelector;
import io.patchbay.meta.kube.LabelSelector.Operator;
import io.patchbay.meta.kube.LabelSelector.Requirement;
import io.patchbay.meta.kube.SelectionRules.NamespaceNetworks;
import io.patchbay.meta.plan.NetworkSelection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the parts of the configuration that say which networks pods get and may use.
final class SelectionRulesReader {
    private static final Pattern SELECTION =
            Pattern.compile("([a-z0-9][-a-z0-9]*)/([a-z0-9][-a-z0-9.]*)");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private SelectionRulesReader() {}

    static String namespace(JsonObject object, String key, String text) {
        if (!NAMESPACE.matcher(text).matches()) {
            throw object.refusal(
                    key, "\"%s\" is no name of a namespace of Kubernetes".formatted(text));
        }
        return text;
    }

    static List<NetworkSelection> selections(JsonObject object, String key) {
        return object.strings(key).stream().map(text -> selection(object, key, text)).toList();
    }

    private static NetworkSelection selection(JsonObject object, String key, String text) {
        Matcher parts = SELECTION.matcher(text);
        if (!parts.matches()) {
            throw object.refusal(
                    key, "\"%s\" names no network: write NAMESPACE/NAME".formatted(text));
        }
        return NetworkSelection.of(parts.group(1), parts.group(2));
    }

    static NamespaceNetworks namespaceNetworks(JsonObject rule) {
        rule.allowOnly(Set.of("selector", "networks"));
        if (!rule.has("selector")) {
            // An empty selector is every namespace: whoever means that has to say so.
            throw rule.missing("selector");
        }
        return new NamespaceNetworks(
                rule.object("selector").map(SelectionRulesReader::selector).orElseThrow(),
                selections(rule, "networks"));
    }

    private static LabelSelector selector(JsonObject selector) {
        selector.allowOnly(Set.of("matchLabels", "matchExpressions"));
        Map<String, String> labels = new LinkedHashMap<>();
        selector.object("matchLabels")
                .ifPresent(object ->
                        object.json()
                                .fieldNames()
                                .forEachRemaining(key -> labels.put(key, object.getString(key))));
        return new LabelSelector(
                labels,
                selector.objects("matchExpressions").stream()
                        .map(SelectionRulesReader::requirement)
                        .toList());
    }

    private static Requirement requirement(JsonObject expression) {
        expression.allowOnly(Set.of("key", "operator", "values"));
        String key = expression.getString("key");
        Operator operator =
                expression.parse(
                        "operator",
                        expression.getString("operator"),
                        SelectionRulesReader::operator);
        Set<String> values = Set.copyOf(expression.strings("values"));
        return expression.parse("values", key, name -> new Requirement(name, operator, values));
    }

    private static Operator operator(String text) {
        return Operator.find(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"%s\" is unknown: use one of %s"
                                        .formatted(
                                                text,
                                                Arrays.stream(Operator.values())
                                                        .map(Operator::toString)
                                                        .collect(Collectors.joining(", ")))));
    }
}
