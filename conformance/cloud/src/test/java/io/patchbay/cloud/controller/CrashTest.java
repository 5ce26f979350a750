package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.control.Weather;
import io.patchbay.cloud.controller.Dying.Death;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A kill at every call of EC2, one after the other.
class CrashTest {
    private static final Duration OVER = Duration.ofSeconds(200);

    /// @param lag of EC2's descriptions, in seconds
    @ParameterizedTest(name = "carried out: {0}, warm branches: {1}, lag: {2} s")
    @CsvSource({"false,0,0", "true,2,0", "true,0,2"})
    void nothingIsLeakedOrDoubledByAKill(boolean carriedOut, int warm, int lag) {
        int call = 0;
        boolean died = true;
        while (died) {
            call++;
            try (TestRegion region = new TestRegion()) {
                region.node("a", "m5.large");
                region.clock.move(OVER);
                region.faults.set(Weather.FAIR.lag(Duration.ofSeconds(lag)));
                region.settings(TestRegion.SETTINGS.cooldown(Duration.ofSeconds(30)).warm(warm));
                region.restart(new Dying(call, carriedOut)::at);
                died = live(region);
                region.settings(TestRegion.SETTINGS.cooldown(Duration.ofSeconds(30)));
                region.work(OVER);
                region.assertThatPodsAndBranchesAgree();
            } catch (AssertionError e) {
                throw new AssertionError("after a kill at call %d".formatted(call), e);
            }
        }
        assertThat(call).isGreaterThan(15);
    }

    /// Whether it died, after which another one goes on.
    private static boolean live(TestRegion region) {
        List<Runnable> life =
                List.of(
                        () -> region.pod("db-0", "a"),
                        () -> region.pod("db-1", "a"),
                        () -> region.delete("db-0"),
                        () -> region.pod("db-2", "a"));
        boolean died = false;
        for (Runnable event : life) {
            event.run();
            died |= diesWithin(region, Duration.ofSeconds(12));
        }
        died |= diesWithin(region, Duration.ofSeconds(40));
        return died;
    }

    private static boolean diesWithin(TestRegion region, Duration span) {
        try {
            region.work(span);
            return false;
        } catch (Death death) {
            region.restart();
            region.work(span);
            return true;
        }
    }
}
