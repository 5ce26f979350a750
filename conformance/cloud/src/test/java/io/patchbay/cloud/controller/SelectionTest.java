package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.controller.LabelSelector.Requirement;
import io.patchbay.cloud.controller.LabelSelector.Requirement.DoesNotExist;
import io.patchbay.cloud.controller.LabelSelector.Requirement.Exists;
import io.patchbay.cloud.controller.LabelSelector.Requirement.In;
import io.patchbay.cloud.controller.LabelSelector.Requirement.NotIn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SelectionTest {
    private static final Map<String, String> ACCOUNT = Map.of("team", "core");
    private static final Optional<LabelSelector> NONE = Optional.empty();

    private record Row(String sentence, List<SecurityGroupPolicy> policies, List<String> groups) {}

    private static Pod pod(Map<String, String> labels) {
        return new Pod(
                "core",
                "amf-0",
                "uid-1",
                labels,
                "amf",
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private static Optional<LabelSelector> labels(String key, String value) {
        return Optional.of(LabelSelector.of(Map.of(key, value)));
    }

    private static Optional<LabelSelector> expressions(Requirement... all) {
        return Optional.of(new LabelSelector(Map.of(), List.of(all)));
    }

    private static SecurityGroupPolicy policy(
            Optional<LabelSelector> pods, Optional<LabelSelector> accounts, String... groups) {
        return new SecurityGroupPolicy("core", "p", pods, accounts, List.of(groups));
    }

    private static Row row(String sentence, SecurityGroupPolicy policy, String... groups) {
        return new Row(sentence, List.of(policy), List.of(groups));
    }

    @TestFactory
    Stream<DynamicTest> aPodHasTheGroupsOfEveryPolicyThatSelectsIt() {
        return rows().map(row ->
                DynamicTest.dynamicTest(
                        row.sentence(),
                        () ->
                                assertThat(
                                                Selection.groups(
                                                        pod(Map.of("app", "amf", "tier", "1")),
                                                        ACCOUNT,
                                                        row.policies()))
                                        .isEqualTo(row.groups())));
    }

    private static Stream<Row> rows() {
        Optional<LabelSelector> all = Optional.of(LabelSelector.ALL);
        return Stream.of(
                new Row("no policy, no groups", List.of(), List.of()),
                row("by a label", policy(labels("app", "amf"), NONE, "sg-1"), "sg-1"),
                row("not by another value", policy(labels("app", "smf"), NONE, "sg-1")),
                row("an empty selector takes all", policy(all, NONE, "sg-1"), "sg-1"),
                row("by the account", policy(NONE, labels("team", "core"), "sg-1"), "sg-1"),
                row("not by a pod's label", policy(NONE, labels("app", "amf"), "sg-1")),
                row("both, both match", policy(all, labels("team", "core"), "sg-1"), "sg-1"),
                row("both, one does not", policy(all, labels("team", "ran"), "sg-1")),
                row("both, the other does not", policy(labels("app", "smf"), all, "sg-1")),
                row("In", policy(expressions(in("app", "amf", "x")), NONE, "sg-1"), "sg-1"),
                row("In, without the label", policy(expressions(in("zone", "a")), NONE, "sg-1")),
                row("NotIn", policy(expressions(notIn("app", "amf")), NONE, "sg-1")),
                row("NotIn, no label", policy(expressions(notIn("z", "a")), NONE, "sg-1"), "sg-1"),
                row("Exists", policy(expressions(new Exists("tier")), NONE, "sg-1"), "sg-1"),
                row("DoesNotExist", policy(expressions(new DoesNotExist("app")), NONE, "sg-1")),
                row(
                        "all expressions must match",
                        policy(expressions(new Exists("app"), in("tier", "2")), NONE, "sg-1")),
                new Row(
                        "the union, by name, each once",
                        List.of(
                                named("b", "sg-2", "sg-1"),
                                named("a", "sg-1", "sg-3"),
                                new SecurityGroupPolicy("ran", "c", all, NONE, List.of("sg-9"))),
                        List.of("sg-1", "sg-3", "sg-2")),
                new Row(
                        "there may be more than five",
                        IntStream.rangeClosed(1, 8)
                                .mapToObj(i -> named("p" + i, "sg-" + i))
                                .toList(),
                        IntStream.rangeClosed(1, 8).mapToObj(i -> "sg-" + i).toList()));
    }

    private static SecurityGroupPolicy named(String name, String... groups) {
        return new SecurityGroupPolicy(
                "core", name, Optional.of(LabelSelector.ALL), NONE, Arrays.asList(groups));
    }

    private static Requirement in(String key, String... values) {
        return new In(key, Set.of(values));
    }

    private static Requirement notIn(String key, String... values) {
        return new NotIn(key, Set.of(values));
    }

    @Test
    void aPolicyThatSelectsNothingOrGivesNothingIsRefusedWithASentence() {
        assertThatThrownBy(() -> policy(Optional.of(LabelSelector.ALL), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "SecurityGroupPolicy core/p has no \"securityGroups.groupIds\": name at least one");
        assertThatThrownBy(() -> policy(NONE, NONE, "sg-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("core/p has neither a \"podSelector\" nor");
        assertThatThrownBy(() -> Requirement.of("app", "Near", Set.of("amf")))
                .hasMessageContaining("operator \"Near\" of label \"app\"");
        assertThatThrownBy(() -> Requirement.of("app", "In", Set.of()))
                .hasMessageContaining("needs values");
    }
}
