package io.patchbay.spi;

import java.util.List;

/// What a delegate shows to an operator: a table of text.
public record Table(String name, List<String> columns, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
