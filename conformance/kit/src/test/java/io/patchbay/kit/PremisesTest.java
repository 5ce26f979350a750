package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.cord.BrokenCords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/// Who breaks one rule reads of that one alone: what builds upon it is skipped.
@Tag("kernel")
class PremisesTest {
    @ParameterizedTest
    @CsvSource({
        "301, 401",
        "304, 404",
        "307, 801",
        "401, 402",
        "501, 504",
        "502, 803",
        "503, 801",
        "506, 902",
        "508, 804",
        "701, 702",
        "701, 703"
    })
    void aRuleIsSkippedWhereAnotherComesFirst(int broken, int later) {
        assertThat(RunRules.status(BrokenCords.of(broken).getFirst(), later))
                .isEqualTo(Status.ABORTED);
    }
}
