package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A failed start of which DPDK remembers something, as it does of a process type.
@NeedsDpdk
class EalRetryTest {
    @Test
    void anAttemptThatFailsForAnEarlierOneSaysSo() {
        assertThatThrownBy(() -> Eal.init(List.of("--proc-type", "none")))
                .isInstanceOf(DpdkException.class)
                .hasMessage(
                        "EAL does not start with [--proc-type, none]: Invalid argument (errno 22).");

        assertThatThrownBy(TestEal::start)
                .isInstanceOf(DpdkException.class)
                .hasMessageContaining("after a failed attempt, of which DPDK may keep something");
    }
}
