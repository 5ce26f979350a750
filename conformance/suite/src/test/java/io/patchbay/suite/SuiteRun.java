package io.patchbay.suite;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command as it is run, and what it printed.
record SuiteRun(int status, String out, String err) {
    private static final Pattern LINE =
            Pattern.compile(
                    "^([CN]\\d+) +(?:MUST|SHOULD) +(passed|FAILED|n/a) .*$", Pattern.MULTILINE);

    static SuiteRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                new ConformanceTool()
                        .run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new SuiteRun(status, out.toString(), err.toString());
    }

    static SuiteRun of(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return of(all.toArray(String[]::new));
    }

    /// Row to passed, FAILED or n/a, in the report's order.
    Map<String, String> verdicts() {
        Map<String, String> verdicts = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(out);
        while (lines.find()) {
            verdicts.put(lines.group(1), lines.group(2));
        }
        return verdicts;
    }

    /// The sentence below a row.
    String why(String row) {
        List<String> lines = out.lines().toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith(row + " ")) {
                return lines.get(i + 1).strip();
            }
        }
        throw new IllegalArgumentException("the report has no row " + row + ":\n" + out);
    }
}
