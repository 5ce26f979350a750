package io.patchbay.meta.run;

import java.util.ArrayList;
import java.util.List;

/// A table as text: columns as wide as their widest cell, two spaces between them.
final class TextTable {
    private TextTable() {}

    static String of(List<String> columns, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        lines.addAll(rows);
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

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
