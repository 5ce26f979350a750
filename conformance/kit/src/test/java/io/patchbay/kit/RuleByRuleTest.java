package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import io.patchbay.kit.cord.CordProvider;
import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import io.patchbay.spi.DelegateProvider;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What mutation testing runs: each rule alone, which is the shortest way to see that it tells a
/// broken delegate from a good one. {@link BrokenDelegatesTest} says more, and takes longer.
@Tag("kernel")
@Tag("mutation")
class RuleByRuleTest {
    static Stream<Rule> rules() {
        return Rulebook.ofTheKit().rules().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleTellsItsBrokenDelegateFromAGoodOne(Rule rule) {
        assertThat(failures(new CordProvider<>(), rule)).isEmpty();
        assertThat(failures(BrokenCords.find(rule.number()).orElseThrow(), rule))
                .hasSize(1)
                .allSatisfy((_, message) -> assertThat(message).contains(rule.advice()));
    }

    private static Map<String, String> failures(DelegateProvider<?> provider, Rule rule) {
        BrokenCordConformance.PROVIDER.set(provider);
        try {
            return RunRules.failures(BrokenCordConformance.class, rule::equals);
        } finally {
            BrokenCordConformance.PROVIDER.remove();
        }
    }
}
