package io.patchbay.cloud.fabric;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A named counter of a table, as nft lists it.
final class Counter {
    private Counter() {}

    static long packets(String table, String counter) {
        Matcher matcher =
                Pattern.compile("counter " + counter + " \\{\\s*packets (\\d+)").matcher(table);
        if (!matcher.find()) {
            throw new IllegalStateException("no counter %s in %s".formatted(counter, table));
        }
        return Long.parseLong(matcher.group(1));
    }
}
