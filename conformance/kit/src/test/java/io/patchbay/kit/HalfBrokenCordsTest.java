package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.HalfBroken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each part of a rule counts: a delegate that breaks one part fails the rule.
@Tag("kernel")
class HalfBrokenCordsTest {
    @ParameterizedTest
    @EnumSource
    void itsRuleFails(HalfBroken broken) {
        assertThat(
                        RunRules.failures(broken.provider(), rule -> rule.number() == broken.rule())
                                .values())
                .singleElement()
                .asString()
                .contains("rule " + broken.rule(), "Advice: ");
    }
}
