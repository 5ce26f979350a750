package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import io.patchbay.kit.rule.Rule;
import io.patchbay.kit.rule.Rulebook;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RulebookTest {
    private static final Rulebook RULES = Rulebook.ofTheKit();
    private static final Set<String> TESTS =
            Arrays.stream(DelegateConformance.class.getMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(Method::getName)
                    .collect(Collectors.toSet());

    @Test
    void everyRuleHasOneTestAndEveryTestOneRule() {
        assertThat(TESTS.stream().map(test -> RULES.findByTest(test).map(Rule::number).orElse(0)))
                .as("the rules of DelegateConformance's tests")
                .containsExactlyInAnyOrderElementsOf(numbers());
    }

    @Test
    void everyRuleHasADelegateThatBreaksIt() {
        assertThat(numbers()).noneMatch(rule -> BrokenCords.of(rule).isEmpty());
    }

    @Test
    void theGroupsAreThoseOfTheContractInTheirOrder() {
        assertThat(RULES.rules().stream().map(Rule::group).distinct())
                .containsExactly(
                        "PROVIDER",
                        "CONFIG",
                        "ADD",
                        "CHECK",
                        "DEL",
                        "GC",
                        "STATUS",
                        "CRASH",
                        "PARALLEL",
                        "ERROR");
        assertThat(numbers()).isSorted().doesNotHaveDuplicates();
    }

    private static List<Integer> numbers() {
        return RULES.rules().stream().map(Rule::number).toList();
    }
}
