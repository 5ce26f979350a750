package io.patchbay.meta.desk;

import io.patchbay.meta.delegate.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Numbers as Prometheus' text format 0.0.4: the lines of one metric stand together, each series
/// once, in an order that does not change. Source:
/// https://prometheus.io/docs/instrumenting/exposition_formats/
final class Exposition {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final SortedMap<String, Family> families = new TreeMap<>();
    private final List<String> comments = new ArrayList<>();

    /// @param values by the labels as they are written
    private record Family(String kind, SortedMap<String, Long> values) {}

    void counter(String prefix, Series series, long value) {
        put("counter", prefix, series, value);
    }

    void gauge(String prefix, Series series, long value) {
        put("gauge", prefix, series, value);
    }

    private void put(String kind, String prefix, Series series, long value) {
        families.computeIfAbsent(prefix + series.name(), _ -> new Family(kind, new TreeMap<>()))
                .values()
                .put(labels(series.labels()), value);
    }

    void leftOut(String prefix, Series series, Throwable failure) {
        comment(
                "%s is left out: %s"
                        .formatted(prefix + series.name() + labels(series.labels()), failure));
    }

    void comment(String sentence) {
        comments.add("# " + sentence.replaceAll("\\R", " ") + "\n");
    }

    void add(Exposition other) {
        other.families.forEach((name, family) ->
                families.computeIfAbsent(name, _ -> new Family(family.kind(), new TreeMap<>()))
                        .values()
                        .putAll(family.values()));
        comments.addAll(other.comments);
    }

    private static String labels(List<String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (int n = 0; n < labels.size(); n += 2) {
            pairs.add("%s=\"%s\"".formatted(labels.get(n), escape(labels.get(n + 1))));
        }
        return "{" + String.join(",", pairs) + "}";
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return families.entrySet().stream().map(Exposition::lines).collect(Collectors.joining())
                + comments.stream().sorted().collect(Collectors.joining());
    }

    private static String lines(Map.Entry<String, Family> entry) {
        String name = entry.getKey();
        StringBuilder text = new StringBuilder();
        text.append("# TYPE %s %s\n".formatted(name, entry.getValue().kind()));
        entry.getValue()
                .values()
                .forEach((labels, value) ->
                        text.append(name).append(labels).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
