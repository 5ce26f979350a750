package io.patchbay.meta.selftest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import java.util.ArrayList;
import java.util.List;

/// What a self-test has to say, for people and for programs.
public final class Report {
    private final List<Section> sections = new ArrayList<>();

    private record Section(String title, List<Finding> findings) {}

    void add(String title, List<Finding> findings) {
        sections.add(new Section(title, List.copyOf(findings)));
    }

    public Verdict verdict() {
        return Verdict.of(findings());
    }

    private List<Finding> findings() {
        return sections.stream().flatMap(section -> section.findings().stream()).toList();
    }

    /// A line a finding, and the verdict as the last line.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append(section.title()).append('\n');
            for (Finding finding : section.findings()) {
                text.append(
                        "  %-6s  %-13s  %s%n"
                                .formatted(
                                        mark(finding.verdict()),
                                        finding.subject(),
                                        finding.sentence()));
            }
        }
        return text.append(verdict()).append('\n').toString();
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "ok";
            case PASSED_WITH_ISSUES -> "ISSUE";
            case FAILED -> "FAILED";
        };
    }

    /// The same as one JSON object: `verdict`, and `sections` of `findings`.
    public String json() {
        ObjectNode json = Json.object().put("verdict", verdict().toString());
        ArrayNode list = json.putArray("sections");
        for (Section section : sections) {
            ArrayNode findings =
                    list.addObject().put("title", section.title()).putArray("findings");
            section.findings()
                    .forEach(finding ->
                            findings.addObject()
                                    .put("verdict", finding.verdict().toString())
                                    .put("subject", finding.subject())
                                    .put("sentence", finding.sentence()));
        }
        return Json.text(json);
    }
}
