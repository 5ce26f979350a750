package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The kit is tested too: of each broken delegate exactly its rule fails, with the rule's advice.
/// The tests are three classes, because two processes share them.
final class BrokenDelegates {
    static final Set<String> ATTACHING = Set.of("PROVIDER", "CONFIG", "ADD");

    /// Groups whose rules take seconds each: they are tried on what breaks one of them.
    static final Set<String> TROUBLE = Set.of("CRASH", "PARALLEL", "ERROR");

    private BrokenDelegates() {}

    static Stream<Rule> rules() {
        return Rulebook.ofTheKit().rules().stream();
    }

    static void assertThatOneFails(Rule rule) {
        Map<String, String> failures =
                RunRules.failures(
                        BrokenCords.of(rule.number()).getFirst(),
                        other ->
                                other.group().equals(rule.group())
                                        || !TROUBLE.contains(other.group()));
        assertThat(failures).as("failures, by test").hasSize(1);
        assertThat(failures.keySet())
                .allMatch(test -> Rulebook.ofTheKit().findByTest(test).orElseThrow().equals(rule));
        assertThat(failures.values())
                .allSatisfy(message ->
                        assertThat(message)
                                .contains("rule " + rule.number(), "Advice: " + rule.advice()));
    }
}
