package io.patchbay.meta.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A table as text: columns as wide as their widest cell, two spaces between them.
public final class TextTable {
    /// What a terminal obeys instead of showing it: control characters of both sets, what turns the
    /// direction of writing, and line separators.
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private TextTable() {}

    /// Cells hold what pods and clouds call things: nothing in them moves the cursor.
    public static String of(List<String> columns, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        Stream.concat(Stream.of(columns), rows.stream())
                .forEach(row -> lines.add(row.stream().map(TextTable::printable).toList()));
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < columns.size(); column++) {
                String cell = line.get(column);
                row.append(cell).append(" ".repeat(width(lines, column) - cell.length() + 2));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    public static String printable(String text) {
        return OBEYED.matcher(text).replaceAll("?");
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
