package io.patchbay.kit.rule;

import java.io.Serial;

/// A failed test, said as the breach of a rule: the promise, what happened, and what to do.
public final class RuleBroken extends AssertionError {
    @Serial private static final long serialVersionUID = 1L;

    RuleBroken(Rule rule, Throwable happened) {
        super(
                """
                %s rule %d: a delegate keeps it when %s
                %s
                Advice: %s\
                """
                        .formatted(
                                rule.group(),
                                rule.number(),
                                rule.promise(),
                                happened instanceof AssertionError
                                        ? happened.getMessage()
                                        : happened.toString(),
                                rule.advice()),
                happened);
    }
}
