package io.patchbay.kit.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A picture of everything that can leak, as sorted lines under a title each. Two pictures of the
/// same state are equal.
public record Snapshot(Map<String, List<String>> parts) {
    public Snapshot {
        parts = Map.copyOf(parts);
    }

    /// This picture and another one's parts.
    public Snapshot plus(Snapshot other) {
        Map<String, List<String>> all = new TreeMap<>(parts);
        all.putAll(other.parts);
        return new Snapshot(all);
    }

    /// What came and what went since an earlier picture, a line each; empty when they are equal.
    public List<String> since(Snapshot earlier) {
        List<String> lines = new ArrayList<>();
        var titles = new TreeSet<>(parts.keySet());
        titles.addAll(earlier.parts.keySet());
        for (String title : titles) {
            List<String> before = earlier.parts.getOrDefault(title, List.of());
            List<String> now = parts.getOrDefault(title, List.of());
            now.stream()
                    .filter(line -> !before.contains(line))
                    .forEach(line -> lines.add(title + " + " + line));
            before.stream()
                    .filter(line -> !now.contains(line))
                    .forEach(line -> lines.add(title + " - " + line));
            if (lines.isEmpty() && now.size() != before.size()) {
                lines.add("%s: %d lines, before %d".formatted(title, now.size(), before.size()));
            }
        }
        return lines;
    }
}
