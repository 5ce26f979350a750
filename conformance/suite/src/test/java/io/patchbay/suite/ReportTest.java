package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.suite.report.Certificate;
import io.patchbay.suite.report.HtmlReport;
import io.patchbay.suite.report.JunitReport;
import io.patchbay.suite.report.TextReport;
import io.patchbay.suite.row.Level;
import io.patchbay.suite.row.Row;
import io.patchbay.suite.row.Ruling;
import io.patchbay.suite.row.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {
    private static final String NASTY = "<script>alert('&\"')</script>\u0000\u001b[31m";
    private static final Ruling PASSED = new Ruling(row("C1", Level.MUST), new Verdict.Passed());
    private static final Ruling FATAL =
            new Ruling(row("C2", Level.MUST), new Verdict.Failed(NASTY, "do better"));
    private static final Ruling MINOR =
            new Ruling(row("C3", Level.SHOULD), new Verdict.Failed("why", "do better"));
    private static final Ruling OTHER =
            new Ruling(row("C4", Level.MUST), new Verdict.NotApplicable("no IPAM"));

    private static Row row(String number, Level level) {
        return new Row(number, level, "sentence of " + number, "a <source>");
    }

    private static Certificate of(Ruling... rulings) {
        return new Certificate(Map.of("Plugin", NASTY), List.of(rulings));
    }

    @Test
    void a_must_that_failed_and_nothing_that_passed_keep_from_being_conformant() {
        assertThat(of(PASSED, MINOR, OTHER).isConformant()).isTrue();
        assertThat(of(PASSED, FATAL).isConformant()).isFalse();
        assertThat(of(OTHER).isConformant()).isFalse();
    }

    @Test
    void the_text_has_a_line_a_row_the_reasons_and_a_summary() {
        assertThat(TextReport.of(of(PASSED, MINOR, OTHER)))
                .contains("C1    MUST    passed   sentence of C1\n")
                .contains("C3    SHOULD  FAILED   sentence of C3\n", "  why\n", "→ do better\n")
                .contains("C4    MUST    n/a      sentence of C4\n", "  no IPAM\n")
                .endsWith("CONFORMANT: 1 passed, 0 MUST and 1 SHOULD failed, 1 not applicable\n");
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_junit_report_is_xml_whose_failures_are_the_musts() throws Exception {
        Element suite = parse(JunitReport.of(of(PASSED, FATAL, MINOR, OTHER))).getDocumentElement();

        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).startsWith("<script>alert('&\"')</script>");
    }

    @Test
    void the_page_escapes_what_a_plugin_said_and_loads_nothing() throws Exception {
        String page = HtmlReport.of(of(PASSED, FATAL, MINOR, OTHER));

        assertThat(page)
                .doesNotContain("<script", "http:", "https:", "src=", "href=", "@import", "url(")
                .contains("&lt;script&gt;", "sentence of C4", "do better", "a &lt;source&gt;");
        assertThat(page.replaceAll("(?s)<!DOCTYPE html>|<meta[^>]*>", ""))
                .satisfies(rest -> assertThat(parse(rest).getDocumentElement()).isNotNull());
    }
}
