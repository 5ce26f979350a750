package io.patchbay.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    /// Groups whose rules take seconds each.
    private static final Set<String> LONG = Set.of("CRASH", "PARALLEL", "ERROR");

    private RunRules() {}

    /// The messages of what failed, by the test's name. All rules are tried but the long ones of
    /// other groups.
    static Map<String, String> failures(Class<?> rules, Rule broken) {
        Map<String, String> failures = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(rules))
                                .filters(tried(broken))
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

    private static PostDiscoveryFilter tried(Rule broken) {
        return test -> FilterResult.includedIf(isTried(test, broken));
    }

    private static boolean isTried(TestDescriptor test, Rule broken) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .flatMap(Rulebook.ofTheKit()::findByTest)
                .map(Rule::group)
                .map(group -> group.equals(broken.group()) || !LONG.contains(group))
                .orElse(true);
    }
}
