package io.patchbay.cloud.fabric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What changes of an nftables table, in nft's own language: a value that knows the one transaction
/// which leads from it to another.
///
/// @param sets of addresses, and the type of those; they are made and deleted with their elements
/// @param elements of those sets, and of the sets and maps that the table always has
/// @param chains their rules in order
record Ruleset(
        SortedMap<String, String> sets,
        SortedMap<String, SortedSet<String>> elements,
        SortedMap<String, List<String>> chains) {
    static final Ruleset EMPTY = new Ruleset(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private static final String TABLE = " inet vpc ";

    void element(String set, String element) {
        elements.computeIfAbsent(set, name -> new TreeSet<>()).add(element);
    }

    /// Whatever refers to a thing goes before it, and comes after it.
    String until(Ruleset next) {
        List<String> lines = new ArrayList<>();
        missing(next.sets.keySet(), sets.keySet())
                .forEach(set ->
                        lines.add(
                                "add set%s%s { type %s; flags interval; }"
                                        .formatted(TABLE, set, next.sets.get(set))));
        missing(next.chains.keySet(), chains.keySet())
                .forEach(chain -> lines.add("add chain" + TABLE + chain));
        elements.keySet().stream()
                .filter(set -> !sets.containsKey(set) || next.sets.containsKey(set))
                .forEach(set ->
                        change(lines, "delete", set, missing(of(set), next.of(set)).toList()));
        chains.forEach((chain, rules) -> {
            if (!rules.equals(next.chains.get(chain))) {
                lines.add("flush chain" + TABLE + chain);
            }
        });
        next.chains.forEach((chain, rules) -> {
            if (!rules.equals(chains.get(chain))) {
                rules.forEach(rule -> lines.add("add rule" + TABLE + chain + " " + rule));
            }
        });
        next.elements
                .keySet()
                .forEach(set -> change(lines, "add", set, missing(next.of(set), of(set)).toList()));
        missing(chains.keySet(), next.chains.keySet())
                .forEach(chain -> lines.add("delete chain" + TABLE + chain));
        missing(sets.keySet(), next.sets.keySet())
                .forEach(set -> lines.add("delete set" + TABLE + set));
        return String.join("\n", lines);
    }

    private Set<String> of(String set) {
        return elements.getOrDefault(set, new TreeSet<>());
    }

    private static Stream<String> missing(Collection<String> these, Set<String> those) {
        return these.stream().filter(one -> !those.contains(one));
    }

    private static void change(List<String> lines, String verb, String set, List<String> elements) {
        if (!elements.isEmpty()) {
            lines.add(verb + " element" + TABLE + set + " { " + String.join(", ", elements) + " }");
        }
    }

    static Ruleset fresh() {
        return new Ruleset(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
}
