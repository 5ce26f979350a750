package io.patchbay.e2e.differential;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The table as it is written in the resources beside this class; their README tells the form.
///
/// @param rows in the order in which they are written
/// @param wanted the differences that are meant
record Table(List<Row> rows, List<WantedDifference> wanted) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String EVERY = ".*";
    private static final String VERSION = "1.1.0";

    Table {
        rows = List.copyOf(rows);
        wanted = List.copyOf(wanted);
    }

    static Table read() {
        Path directory = directory();
        JsonNode nodes = tree(directory.resolve("nodes.yaml"));
        List<Row> rows = new ArrayList<>();
        for (Path file : files(directory.resolve("rows"))) {
            for (JsonNode written : tree(file)) {
                for (ObjectNode row : Placeholders.product((ObjectNode) written)) {
                    String network = row.path("network").asText("n" + rows.size());
                    rows.add(row(row, nodes, network));
                }
            }
        }
        return new Table(
                rows, elements(tree(directory.resolve("wanted.yaml"))).map(Table::wanted).toList());
    }

    private static Row row(ObjectNode row, JsonNode nodes, String network) {
        List<Wish> pods = new ArrayList<>();
        for (JsonNode pod : row.path("pods")) {
            ObjectNode all = row.deepCopy();
            all.setAll((ObjectNode) pod);
            pods.add(wish(all, nodes, pod.has("plugins") ? network + "-" + pods.size() : network));
        }
        if (pods.isEmpty()) {
            pods.add(wish(row, nodes, network));
        }
        return new Row(
                row.path("name").asText(),
                row.path("kernel").asText().equals("stock"),
                links(row, "node", nodes),
                pods);
    }

    /// The commands under the name that a key of the row has.
    private static String links(ObjectNode row, String key, JsonNode nodes) {
        String name = row.path(key).asText("bare");
        if (!nodes.has(name)) {
            throw new IllegalStateException("nodes.yaml has no \"%s\": %s".formatted(name, row));
        }
        return nodes.path(name).asText();
    }

    private static Wish wish(ObjectNode all, JsonNode nodes, String network) {
        return new Wish(
                network,
                all.path("version").asText(VERSION),
                elements(all.path("plugins")).map(ObjectNode.class::cast).toList(),
                all.path("args").asText(),
                all.get("runtimeConfig") instanceof ObjectNode offered ? offered : all.objectNode(),
                links(all, "inside", nodes));
    }

    private static WantedDifference wanted(JsonNode written) {
        return new WantedDifference(
                pattern(written, "rows"),
                written.path("kernel").asText().equals("stock"),
                pattern(written, "at"),
                pattern(written, "reference"),
                pattern(written, "patchbay"),
                written.path("why").asText());
    }

    private static Pattern pattern(JsonNode written, String key) {
        return Pattern.compile(written.path(key).asText(EVERY), Pattern.DOTALL);
    }

    private static Path directory() {
        try {
            Path nodes = Path.of(requireNonNull(Table.class.getResource("nodes.yaml")).toURI());
            return requireNonNull(nodes.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the table is in no directory", e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
