package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kit for an author who is not root.
@Tag("kernel")
class UnprivilegedKernelTest {
    private static final List<String> USER_NAMESPACE =
            List.of("unshare", "--user", "--map-root-user", "--net", "--mount");

    @TempDir static Path readable;

    @BeforeAll
    static void copyClassPath() throws IOException {
        UnprivilegedRun.copyClassPath(readable);
    }

    @Test
    void aUserNamespaceIsEnoughForTheRules() {
        String said = run(USER_NAMESPACE, "add302_|check401_|check403_|del501_|gc602_|crash805_");

        assertThat(said).contains("passed: 6").doesNotContain("Failures");
    }

    @Test
    void withoutAnyRightTheClassFailsOnceWithASentenceThatNamesBothWays() {
        String said = run(List.of(), "add302_|del501_");

        assertThat(said)
                .contains("passed: 0", "Failures (1)", "run the build as root")
                .contains(String.join(" ", USER_NAMESPACE))
                .doesNotContain("\tat ", "NodeRig", "Holder");
    }

    @Test
    void aUserNamespaceWithoutANetworkOfItsOwnIsToldBeforeAnyRule() {
        String said = run(List.of("unshare", "--user", "--map-root-user"), "add302_|del501_");

        assertThat(said).contains("passed: 0", "Failures (1)", String.join(" ", USER_NAMESPACE));
    }

    private static String run(List<String> within, String tests) {
        Witness.Said said = Witness.here().attempt(UnprivilegedRun.line(readable, within, tests));
        assertThat(said.status()).as(said.output()).isZero();
        return said.output();
    }
}
