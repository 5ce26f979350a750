package io.patchbay.spi;

import java.util.HashSet;
import java.util.List;

/// What a delegate shows to an operator: a table of text. A column has its name to itself, and each
/// row a cell for every column.
public record Table(String name, List<String> columns, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException(
                    "table %s has two columns of one name: %s".formatted(name, columns));
        }
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "table %s has %d columns, and a row of %d: %s"
                                .formatted(name, columns.size(), row.size(), row));
            }
        }
    }
}
