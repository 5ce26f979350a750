package io.patchbay.meta.selftest;

import java.util.List;

/// How a self-test ended: its last line, and the exit status of the command.
public enum Verdict {
    PASSED("PASSED", 0),
    PASSED_WITH_ISSUES("PASSED WITH ISSUES", 1),
    FAILED("FAILED", 2);

    private final String words;
    private final int exitStatus;

    Verdict(String words, int exitStatus) {
        this.words = words;
        this.exitStatus = exitStatus;
    }

    /// The worst finding decides. Nothing found is a failure: nothing was tested.
    static Verdict of(List<Finding> findings) {
        return findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(FAILED);
    }

    public int exitStatus() {
        return exitStatus;
    }

    @Override
    public String toString() {
        return words;
    }
}
