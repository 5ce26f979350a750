package io.patchbay.sriov;

import io.patchbay.spi.Table;
import io.patchbay.sriov.Declarations.Outcome;
import java.util.ArrayList;
import java.util.List;

/// What patchbay.yaml declares, and what became of it.
final class DeclaredTable {
    private DeclaredTable() {}

    static Table of(List<Outcome> outcomes) {
        return new Table(
                "declared",
                List.of("PHYSICAL FUNCTION", "DECLARED", "STATE", "WHY"),
                outcomes.stream()
                        .map(outcome ->
                                List.of(
                                        outcome.declared().name(),
                                        wish(outcome.declared()),
                                        state(outcome.verdict()),
                                        why(outcome.verdict())))
                        .toList());
    }

    private static String wish(DeclaredFunction declared) {
        List<String> parts = new ArrayList<>();
        declared.virtualFunctions().ifPresent(count -> parts.add(count + " virtual functions"));
        declared.driver().ifPresent(driver -> parts.add("driver " + driver));
        if (declared.mtu() != 0) {
            parts.add("MTU " + declared.mtu());
        }
        declared.autoprobe().ifPresent(on -> parts.add("autoprobe " + (on ? "on" : "off")));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static String state(Verdict verdict) {
        return switch (verdict) {
            case Verdict.AsDeclared _ -> "as declared";
            case Verdict.Due _ -> "due";
            case Verdict.Refused _ -> "refused";
            case Verdict.Absent _ -> "absent";
        };
    }

    private static String why(Verdict verdict) {
        return verdict instanceof Verdict.Refused(String sentence) ? sentence : "-";
    }
}
