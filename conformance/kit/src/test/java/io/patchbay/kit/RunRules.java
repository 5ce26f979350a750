package io.patchbay.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// JUnit within JUnit: what fails of a class of rules.
final class RunRules {
    private RunRules() {}

    /// The messages of what failed, by the test's name.
    ///
    /// @param chosen the rules that are tried
    static Map<String, String> failures(Class<?> rules, Predicate<Rule> chosen) {
        Map<String, String> failures = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(rules))
                                .filters(choosing(chosen))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == Status.FAILED) {
                                    failures.put(
                                            name(test),
                                            result.getThrowable().orElseThrow().getMessage());
                                }
                            }
                        });
        return failures;
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
    }

    private static PostDiscoveryFilter choosing(Predicate<Rule> chosen) {
        return test -> FilterResult.includedIf(isChosen(test, chosen));
    }

    private static boolean isChosen(TestDescriptor test, Predicate<Rule> chosen) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .flatMap(Rulebook.ofTheKit()::findByTest)
                .map(chosen::test)
                .orElse(true);
    }
}
