package io.patchbay.meta.run;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.view.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The tables of delegates as the daemon's desk tells them, for a terminal.
///
/// @param text the tables, each with a title in front
/// @param problems a sentence on each delegate that could not be asked
record ShownTables(String text, List<String> problems) {
    private static final String WHAT = "the daemon's answer";

    static ShownTables read(String json) {
        JsonObject answer = JsonObject.read(WHAT, Json.decode(WHAT, json));
        List<String> tables = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JsonObject type : answer.objects("types")) {
            type.string("problem").ifPresent(problems::add);
            for (JsonObject table : type.objects("tables")) {
                tables.add(printed(type.getString("type"), table));
            }
        }
        if (tables.isEmpty() && problems.isEmpty()) {
            String types =
                    answer.objects("types").stream()
                            .map(type -> type.getString("type"))
                            .collect(Collectors.joining(", "));
            return new ShownTables("nothing to show of " + types + "\n", problems);
        }
        return new ShownTables(String.join("\n", tables), problems);
    }

    private static String printed(String type, JsonObject table) {
        List<String> columns = table.strings("columns");
        List<List<String>> rows =
                table.objects("rows").stream()
                        .map(row -> columns.stream().map(row::getString).toList())
                        .toList();
        return "%s %s\n".formatted(type, table.getString("name")) + TextTable.of(columns, rows);
    }
}
