package io.patchbay.suite.row;

/// A row and what was found of it.
public record Ruling(Row row, Verdict verdict) {
    public boolean isPassed() {
        return verdict instanceof Verdict.Passed;
    }

    public boolean isFailed() {
        return verdict instanceof Verdict.Failed;
    }

    /// Whether it keeps the plugin from being conformant.
    public boolean isFatal() {
        return isFailed() && row.level() == Level.MUST;
    }
}
