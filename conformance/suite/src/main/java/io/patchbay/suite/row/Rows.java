package io.patchbay.suite.row;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The list of rows, `conformance/rows` in the source tree.
public final class Rows {
    private static final String LIST = "/io/patchbay/suite/rows";
    private static final String SOURCE = "## ";

    private Rows() {}

    /// All of them, in the list's order.
    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        String source = "";
        for (String line : lines()) {
            if (line.startsWith(SOURCE)) {
                source = line.substring(SOURCE.length());
            } else if (!line.startsWith("#")) {
                rows.add(row(line, source));
            }
        }
        return List.copyOf(rows);
    }

    private static Row row(String line, String source) {
        String[] parts = line.split(" ", 3);
        String number = parts[0].replace("*", "");
        return new Row(number, Level.valueOf(parts[1]), parts[2], source);
    }

    private static List<String> lines() {
        try (InputStream list = Rows.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the list of rows is not on the class path");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
