package io.patchbay.vpc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetbacksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Action ASKED = new Action.Assign("eni-1", Order.addresses(1));

    private static Setbacks after(Setbacks before, Reason reason) {
        return before.after(ASKED, "subnet-1", reason, NOW);
    }

    private static long pause(Setbacks setbacks) {
        return Duration.between(NOW, setbacks.next(NOW).orElseThrow()).toSeconds();
    }

    @Test
    void thePauseDoublesWithEachCallThatHadNoAnswer() {
        List<Long> pauses = new ArrayList<>();
        Setbacks setbacks = Setbacks.NONE;
        for (int i = 0; i < 6; i++) {
            setbacks = after(setbacks, i % 2 == 0 ? Reason.SILENT : Reason.DENIED);
            pauses.add(pause(setbacks));
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void anAnswerBeginsItAnewEvenWhereItIsARefusal() {
        Setbacks silent = after(after(Setbacks.NONE, Reason.SILENT), Reason.SILENT);

        assertThat(silent.answered().silences()).isZero();
        assertThat(after(silent, Reason.BUSY).silences()).isZero();
        assertThat(silent.answered().until()).isEqualTo(silent.until());
    }
}
