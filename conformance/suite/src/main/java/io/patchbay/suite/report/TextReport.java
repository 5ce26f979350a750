package io.patchbay.suite.report;

import io.patchbay.suite.row.Ruling;
import io.patchbay.suite.row.Verdict;

/// A certificate as a table for a terminal.
public final class TextReport {
    private static final String BELOW = " ".repeat(23);

    private TextReport() {}

    public static String of(Certificate certificate) {
        StringBuilder text = new StringBuilder();
        certificate.facts().forEach((name, value) -> text.append(name + ": " + value + "\n"));
        text.append('\n');
        for (Ruling ruling : certificate.rulings()) {
            text.append(
                    "%-5s %-6s  %-7s  %s%n"
                            .formatted(
                                    ruling.row().number(),
                                    ruling.row().level(),
                                    word(ruling.verdict()),
                                    ruling.row().sentence()));
            text.append(reason(ruling.verdict()));
        }
        return text.append('\n').append(certificate.summary()).append('\n').toString();
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "passed";
            case Verdict.Failed _ -> "FAILED";
            case Verdict.NotApplicable _ -> "n/a";
        };
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "";
            case Verdict.Failed(String why, String advice) ->
                    BELOW + why + "\n" + BELOW + "→ " + advice + "\n";
            case Verdict.NotApplicable(String why) -> BELOW + why + "\n";
        };
    }
}
