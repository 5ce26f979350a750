package io.patchbay.kit.rule;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/// Cites the rule whose test fails, with its advice.
public final class CitedRules implements TestExecutionExceptionHandler {
    private static final Rulebook RULES = Rulebook.ofTheKit();

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable happened)
            throws Throwable {
        if (happened instanceof TestAbortedException) {
            throw happened;
        }
        throw RULES.findByTest(test.getRequiredTestMethod().getName())
                .<Throwable>map(rule -> new RuleBroken(rule, happened))
                .orElse(happened);
    }
}
