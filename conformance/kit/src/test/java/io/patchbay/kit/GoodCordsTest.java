package io.patchbay.kit;

import static io.patchbay.kit.cord.GoodCords.MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE;
import static io.patchbay.kit.cord.GoodCords.REFUSES_THE_SECOND_NETWORK_OF_A_POD;
import static io.patchbay.kit.cord.GoodCords.TELLS_A_LINK_OF_THE_NODE_TOO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.patchbay.kit.cord.GoodCords;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/// What a rule allows passes, also where the delegate of the kit's own tests does it otherwise.
@Tag("kernel")
class GoodCordsTest {
    static Stream<Arguments> allowed() {
        return Stream.of(
                arguments(MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE, 107),
                arguments(MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE, 501),
                arguments(MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE, 805),
                arguments(TELLS_A_LINK_OF_THE_NODE_TOO, 302),
                arguments(REFUSES_THE_SECOND_NETWORK_OF_A_POD, 309));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whatARuleAllowsPasses(GoodCords good, int rule) {
        assertThat(RunRules.status(good.provider(), rule)).isEqualTo(Status.SUCCESSFUL);
    }
}
