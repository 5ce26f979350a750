package io.patchbay.suite.report;

import io.patchbay.suite.row.Level;
import io.patchbay.suite.row.Ruling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found of a plugin.
///
/// @param facts what was tried, and with what, in order: plugin, kind, version, date …
public record Certificate(Map<String, String> facts, List<Ruling> rulings) {
    public Certificate {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        rulings = List.copyOf(rulings);
    }

    /// Whether no MUST failed, and one at least passed: of what could not be tried at all nothing
    /// is certified.
    public boolean isConformant() {
        return rulings.stream().noneMatch(Ruling::isFatal)
                && rulings.stream().anyMatch(Ruling::isPassed);
    }

    public long passed() {
        return rulings.stream().filter(Ruling::isPassed).count();
    }

    public long failed(Level level) {
        return rulings.stream()
                .filter(Ruling::isFailed)
                .filter(ruling -> ruling.row().level() == level)
                .count();
    }

    public long notApplicable() {
        return rulings.size() - passed() - failed(Level.MUST) - failed(Level.SHOULD);
    }

    /// One line.
    public String summary() {
        return "%s: %d passed, %d MUST and %d SHOULD failed, %d not applicable"
                .formatted(
                        isConformant() ? "CONFORMANT" : "NOT CONFORMANT",
                        passed(),
                        failed(Level.MUST),
                        failed(Level.SHOULD),
                        notApplicable());
    }
}
