package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import io.patchbay.kit.cord.CordProvider;
import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What mutation testing runs: each rule alone, which is the shortest way to see that it tells
/// broken delegates from a good one. {@link BrokenDelegates} says more, and takes longer.
@Tag("kernel")
@Tag("mutation")
class RuleByRuleTest {
    static Stream<Rule> rules() {
        return Rulebook.ofTheKit().rules().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleTellsItsBrokenDelegatesFromAGoodOne(Rule rule) {
        assertThat(RunRules.failures(new CordProvider<>(), rule::equals)).isEmpty();
        assertThat(BrokenCords.of(rule.number()))
                .isNotEmpty()
                .allSatisfy(broken ->
                        assertThat(RunRules.failures(broken, rule::equals).values())
                                .singleElement()
                                .asString()
                                .contains(rule.advice()));
    }
}
