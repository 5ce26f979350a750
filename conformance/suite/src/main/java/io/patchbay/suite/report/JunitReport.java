package io.patchbay.suite.report;

import io.patchbay.suite.row.Ruling;
import io.patchbay.suite.row.Verdict;

/// A certificate as JUnit XML: a test case a row, whose class is the row's source. A SHOULD that is
/// not kept is a skipped test, so that what reads the file fails for a MUST only.
public final class JunitReport {
    private JunitReport() {}

    public static String of(Certificate certificate) {
        long fatal = certificate.rulings().stream().filter(Ruling::isFatal).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(
                "<testsuite name=\"patchbay conformance\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">%n"
                        .formatted(
                                certificate.rulings().size(),
                                fatal,
                                certificate.rulings().size() - fatal - certificate.passed()));
        xml.append("  <properties>\n");
        certificate
                .facts()
                .forEach((name, value) ->
                        xml.append(
                                "    <property name=\"%s\" value=\"%s\"/>%n"
                                        .formatted(Markup.escape(name), Markup.escape(value))));
        xml.append("  </properties>\n");
        certificate.rulings().forEach(ruling -> xml.append(testCase(ruling)));
        return xml.append("</testsuite>\n").toString();
    }

    private static String testCase(Ruling ruling) {
        String head =
                "  <testcase classname=\"%s\" name=\"%s %s: %s\""
                        .formatted(
                                Markup.escape(ruling.row().source()),
                                ruling.row().number(),
                                ruling.row().level(),
                                Markup.escape(ruling.row().sentence()));
        return switch (ruling.verdict()) {
            case Verdict.Passed _ -> head + "/>\n";
            case Verdict.NotApplicable(String why) ->
                    head
                            + ">\n    <skipped message=\"%s\"/>\n  </testcase>\n"
                                    .formatted(Markup.escape(why));
            case Verdict.Failed(String why, String advice) ->
                    head
                            + ">\n    <%s message=\"%s\">%s</%1$s>\n  </testcase>\n"
                                    .formatted(
                                            ruling.isFatal() ? "failure" : "skipped",
                                            Markup.escape(why),
                                            Markup.escape(advice));
        };
    }
}
