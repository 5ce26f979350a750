package io.patchbay.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import io.patchbay.spi.DelegateProvider;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// JUnit within JUnit: which rules a delegate breaks.
final class RunRules {
    private RunRules() {}

    /// The messages of what failed, by the test's name.
    ///
    /// @param chosen the rules that are tried
    static Map<String, String> failures(DelegateProvider<?> provider, Predicate<Rule> chosen) {
        Map<String, String> failures = new TreeMap<>();
        results(provider, chosen)
                .forEach((test, result) -> {
                    if (result.getStatus() == Status.FAILED) {
                        failures.put(test, result.getThrowable().orElseThrow().getMessage());
                    }
                });
        return failures;
    }

    /// How one rule ended: aborted, where it says that another comes first.
    static Status status(DelegateProvider<?> provider, int number) {
        return results(provider, rule -> rule.number() == number).entrySet().stream()
                .filter(test -> Rulebook.ofTheKit().findByTest(test.getKey()).isPresent())
                .map(test -> test.getValue().getStatus())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, TestExecutionResult> results(
            DelegateProvider<?> provider, Predicate<Rule> chosen) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        BrokenCordConformance.PROVIDER.set(provider);
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(BrokenCordConformance.class))
                                    .filters(choosing(chosen))
                                    .build(),
                            into(results));
        } finally {
            BrokenCordConformance.PROVIDER.remove();
        }
        return results;
    }

    private static TestExecutionListener into(Map<String, TestExecutionResult> results) {
        return new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                results.put(method(test.getSource()).orElse(test.getDisplayName()), result);
            }
        };
    }

    private static PostDiscoveryFilter choosing(Predicate<Rule> chosen) {
        return test ->
                FilterResult.includedIf(
                        method(test.getSource())
                                .flatMap(Rulebook.ofTheKit()::findByTest)
                                .map(chosen::test)
                                .orElse(true));
    }

    private static Optional<String> method(Optional<TestSource> source) {
        return source.filter(MethodSource.class::isInstance)
                .map(one -> ((MethodSource) one).getMethodName());
    }
}
