package io.patchbay.kit;

import io.patchbay.kit.rule.Rule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernel")
class BrokenDelsTest {
    static Stream<Rule> rules() {
        return BrokenDelegates.rules()
                .filter(rule ->
                        Stream.of(BrokenDelegates.ATTACHING, BrokenDelegates.TROUBLE)
                                .noneMatch(groups -> groups.contains(rule.group())));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatBreaksARuleFailsThatRuleAndNoOther(Rule rule) {
        BrokenDelegates.assertThatOneFails(rule);
    }
}
