package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kit is tested too: of each broken delegate exactly its rule fails, with the rule's advice.
@Tag("kernel")
class BrokenDelegatesTest {
    /// Groups whose rules take seconds each: they are tried on what breaks one of them.
    private static final Set<String> LONG = Set.of("CRASH", "PARALLEL", "ERROR");

    static Stream<Rule> rules() {
        return Rulebook.ofTheKit().rules().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatBreaksARuleFailsThatRuleAndNoOther(Rule rule) {
        Map<String, String> failures =
                RunRules.failures(
                        BrokenCords.of(rule.number()).getFirst(),
                        other ->
                                other.group().equals(rule.group())
                                        || !LONG.contains(other.group()));
        assertThat(failures).as("failures, by test").hasSize(1);
        assertThat(failures.keySet())
                .allMatch(test -> Rulebook.ofTheKit().findByTest(test).orElseThrow().equals(rule));
        assertThat(failures.values())
                .allSatisfy(message ->
                        assertThat(message)
                                .contains("rule " + rule.number(), "Advice: " + rule.advice()));
    }
}
