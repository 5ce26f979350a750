package io.patchbay.vpc.plumbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorationsTest {
    private final Restorations restorations = new Restorations();

    private List<String> told(int second, String... restored) {
        return restorations.told(List.of(restored), Duration.ofSeconds(second));
    }

    @Test
    void eachThingIsToldInOneSentence() {
        assertThat(told(0)).isEmpty();
        assertThat(told(0, "a", "b")).containsExactly("restored: a; b");
    }

    @Test
    void whatIsTakenAwayAgainAndAgainIsToldAsThatAndThenNoMore() {
        for (int second = 1; second < Restorations.FIGHT; second++) {
            assertThat(told(second, "a")).containsExactly("restored: a");
        }
        assertThat(told(5, "a", "b"))
                .hasSize(2)
                .contains("restored: b")
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "restored for the 5th time, and taken away each time: a."));
        for (int second = 6; second < 600; second++) {
            assertThat(told(second, "a")).isEmpty();
        }
    }

    @Test
    void whatHasStayedIsANewThing() {
        for (int second = 1; second <= Restorations.FIGHT; second++) {
            assertThat(told(second, "a")).isNotEmpty();
        }
        assertThat(told(65, "a")).isEmpty();
        assertThat(told(126, "a")).containsExactly("restored: a");
    }
}
