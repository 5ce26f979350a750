package io.patchbay.kit.rule;

import org.opentest4j.TestAbortedException;

/// What must hold before another rule says anything: a delegate that breaks one rule shall read of
/// that one alone.
final class Premise {
    private Premise() {}

    /// Aborts the test where an earlier rule is broken.
    static void holds(int rule, Runnable test) {
        try {
            test.run();
        } catch (RuntimeException | AssertionError e) {
            throw new TestAbortedException(
                    "rule %d comes first: %s".formatted(rule, e.getMessage()), e);
        }
    }
}
