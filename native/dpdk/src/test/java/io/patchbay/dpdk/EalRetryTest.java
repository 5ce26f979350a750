package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Wrong arguments, in a process of its own, since EAL prints its usage.
@NeedsDpdk
class EalRetryTest {
    @Test
    void wrongArgumentsAreRefusedAndMayBePutRight() {
        List<String> wrong = List.of("--no-such-option", "--vdev", "-l 9999");
        try (ChildJvm child =
                ChildJvm.start(
                        Attempts.class,
                        List.of(),
                        List.of(
                                wrong.get(0),
                                wrong.get(1),
                                wrong.get(2),
                                String.join(" ", TestEal.args())))) {
            for (String attempt : wrong) {
                assertThat(child.line("attempt"))
                        .startsWith(
                                "attempt: EAL does not start with ["
                                        + attempt.replace(" ", ", ")
                                        + "]")
                        .endsWith(": Invalid argument (errno 22).");
            }
            assertThat(child.line("attempt")).startsWith("attempt: DPDK ");
            assertThat(child.end()).isZero();
        }
    }

    @Test
    void anAttemptThatFailsForAnEarlierOneSaysSo() {
        try (ChildJvm child =
                ChildJvm.start(
                        Attempts.class,
                        List.of(),
                        List.of("--proc-type none", String.join(" ", TestEal.args())))) {
            assertThat(child.line("attempt"))
                    .isEqualTo(
                            "attempt: EAL does not start with [--proc-type, none]: Invalid argument (errno 22).");
            assertThat(child.line("attempt"))
                    .contains("after a failed attempt, of which DPDK may keep something");
            assertThat(child.end()).isZero();
        }
    }
}
