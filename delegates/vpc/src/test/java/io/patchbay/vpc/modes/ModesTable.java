package io.patchbay.vpc.modes;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.modes.Sort.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The table of modes as the README has it, between two marks. `make modes` writes it there.
final class ModesTable {
    static final String BEGIN = "<!-- modes: written by `make modes` -->\n";
    static final String END = "<!-- end of modes -->\n";

    private static final String HEAD =
            """
            | Mode | `vpc` in patchbay.yaml, and networks | eth0 has | Its groups | IPv4 leaves the VPC from | IPv6 leaves the VPC from |
            |---|---|---|---|---|---|
            """;

    private ModesTable() {}

    /// @param args the README's path
    public static void main(String[] args) throws IOException {
        Path readme = Path.of(args[0]);
        Files.writeString(readme, writtenInto(Files.readString(readme)));
    }

    static String writtenInto(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the page has no place for the table: " + BEGIN);
        }
        return page.substring(0, begin + BEGIN.length()) + text() + page.substring(end);
    }

    static String text() {
        return HEAD + Modes.ALL.stream().map(ModesTable::row).collect(Collectors.joining());
    }

    private static String row(Mode mode) {
        Sort own = mode.own();
        return "| **%s**: %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        mode.name(),
                        mode.sentence(),
                        said(mode),
                        mode.families().stream()
                                .map(ModesTable::word)
                                .collect(Collectors.joining(", ")),
                        own.place().whose(),
                        source(own, Family.IPV4),
                        source(own, Family.IPV6));
    }

    private static String source(Sort own, Family family) {
        Source source = own.source(family);
        return source.words();
    }

    private static String word(Family family) {
        return switch (family) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    private static String said(Mode mode) {
        List<String> parts = new ArrayList<>();
        if (!mode.settings().isEmpty()) {
            parts.add("`" + yaml(mode.settings()) + "`");
        }
        if (mode.has(Feature.SEVERAL_ADDRESSES)) {
            parts.add("eth0's network has `count: 2`");
        }
        if (mode.has(Feature.FURTHER_ATTACHMENT)) {
            parts.add("net1's has `subnet` and `securityGroups`");
        }
        return parts.isEmpty() ? "–" : String.join("; ", parts);
    }

    /// The fields of an object, or another value, in YAML's flow style.
    private static String yaml(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> "%s: %s".formatted(entry.getKey(), nested(entry.getValue())))
                    .collect(Collectors.joining(", "));
        }
        return node.isArray() ? "[" + joined(node) + "]" : node.asText();
    }

    private static String nested(JsonNode node) {
        return node.isObject() ? "{" + yaml(node) + "}" : yaml(node);
    }

    private static String joined(JsonNode array) {
        Stream<JsonNode> all = StreamSupport.stream(array.spliterator(), false);
        return all.map(ModesTable::yaml).collect(Collectors.joining(", "));
    }
}
