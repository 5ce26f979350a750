package io.patchbay.vpc.eni;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Tries a call again that fails for what passes, a bounded number of times, each pause about twice
/// the one before.
///
/// @param attempts all in all
/// @param first the first pause
public record Patience(Waiting waiting, RandomGenerator random, int attempts, Duration first) {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /// Of what a node does in the background: about a minute, as Amazon's plugin has for an
    /// interface that is being detached.
    public static Patience ofBackground(Waiting waiting, RandomGenerator random) {
        return new Patience(waiting, random, 8, Duration.ofMillis(500));
    }

    Patience twice() {
        return new Patience(waiting, random, 2, first);
    }

    <T> T await(Set<Reason> passing, Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (CloudException e) {
                if (!passing.contains(e.reason()) || attempt == attempts) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    void run(Set<Reason> passing, Runnable call) {
        await(
                passing,
                () -> {
                    call.run();
                    return true;
                });
    }

    private void pause(int attempt, CloudException why) {
        long longest = Math.min(LONGEST.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        try {
            waiting.pause(Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(
                    Reason.SILENT,
                    "interrupted before another attempt after this: " + why.getMessage(),
                    why);
        }
    }
}
