package io.patchbay.meta.jar;

import io.patchbay.spi.Spi;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// What is wrong with a delegate of a third party's jar, as its calls showed, and what its type
/// answers because of it. Each trouble is logged once.
final class Trouble {
    private static final Logger LOG = System.getLogger(Trouble.class.getName());

    /// How many calls may go on at once after their time, and how many may fail in a row.
    private static final int MOST = 3;

    /// How long STATUS tells of failures: a node that is not ready gets no ADD that could succeed.
    private static final Duration TOLD = Duration.ofMinutes(1);

    private final String title;
    private final OptionalInt builtAgainst;
    private final InstantSource clock;
    private final Set<String> logged = new HashSet<>();
    private final Map<Long, String> unended = new TreeMap<>();
    private long left;
    private Optional<String> misfit = Optional.empty();
    private int failuresInARow;
    private Instant lastFailure = Instant.MIN;
    private String lastSentence = "";

    /// @param title names the delegate and its jar
    /// @param builtAgainst the version of the SPI; empty as long as nobody told
    Trouble(String title, OptionalInt builtAgainst, InstantSource clock) {
        this.title = title;
        this.builtAgainst = builtAgainst;
        this.clock = clock;
    }

    /// Refuses with 50 what a delegate in trouble should not begin.
    synchronized void refuse(Verb verb) {
        if (!verb.isForNew()) {
            return;
        }
        if (misfit.isPresent()) {
            throw unavailable(misfit.get());
        }
        if (unended.size() >= MOST) {
            throw unavailable(
                    "%s has %d calls that did not end at their deadlines: %s"
                            .formatted(title, unended.size(), String.join(", ", unended.values())));
        }
        if (verb == Verb.STATUS && failuresInARow >= MOST && !isOld()) {
            throw unavailable("%d times in a row, %s".formatted(failuresInARow, lastSentence));
        }
    }

    private boolean isOld() {
        return clock.instant().isAfter(lastFailure.plus(TOLD));
    }

    private static CniException unavailable(String sentence) {
        return new CniException(Standard.UNAVAILABLE, sentence);
    }

    synchronized void succeeded(Verb verb) {
        if (verb == Verb.ADD) {
            failuresInARow = 0;
        }
    }

    /// What a failed call is told as. A refusal is its own; what does not fit the SPI makes the
    /// type unavailable; anything else is a bug of the jar.
    ///
    /// @param interrupted whether the call was, which may make it throw anything
    CniException failed(Verb verb, Throwable thrown, boolean interrupted) {
        Throwable reason = reason(thrown);
        if (reason instanceof CniException refusal) {
            return refusal;
        }
        if (reason instanceof LinkageError) {
            return misfit(verb, reason);
        }
        String sentence = "%s failed unexpectedly in %s: %s".formatted(title, verb, reason);
        if (!interrupted) {
            note(verb, sentence);
            log(verb, reason, sentence);
        }
        return new CniException(
                verb == Verb.STATUS ? Standard.UNAVAILABLE : Standard.INTERNAL, sentence, reason);
    }

    /// ServiceLoader wraps what a constructor throws.
    private static Throwable reason(Throwable thrown) {
        return thrown instanceof ServiceConfigurationError && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    private synchronized void note(Verb verb, String sentence) {
        if (verb == Verb.ADD || verb == Verb.PROBE) {
            failuresInARow++;
            lastFailure = clock.instant();
            lastSentence = sentence;
        }
    }

    private synchronized CniException misfit(Verb verb, Throwable thrown) {
        String sentence =
                "%s does not fit: it was built against version %s of the SPI, and this is version %d; %s failed with %s"
                        .formatted(
                                title,
                                builtAgainst.isPresent() ? builtAgainst.getAsInt() : "unknown",
                                Spi.VERSION,
                                verb,
                                thrown);
        misfit = Optional.of(sentence);
        log(verb, thrown, sentence);
        return new CniException(Standard.UNAVAILABLE, sentence, thrown);
    }

    private synchronized void log(Verb verb, Throwable thrown, String sentence) {
        if (!verb.isOfTheBeginning() && logged.add(verb + " " + thrown.getClass().getName())) {
            LOG.log(Level.ERROR, sentence, thrown);
        }
    }

    /// Notes a call that goes on though its time is over.
    ///
    /// @param what verb and container
    /// @return what its caller is told
    CniException left(String what, CompletableFuture<?> end) {
        String sentence = "%s did not end %s when its time was over".formatted(title, what);
        long number = remember(what);
        LOG.log(Level.WARNING, "{0}, though it was interrupted", sentence);
        var _ = end.whenComplete((_, _) -> forget(number, what));
        CniException refusal = CniException.tryAgain(sentence);
        refusal.initCause(new UnendedCall(sentence, end));
        return refusal;
    }

    private synchronized long remember(String what) {
        left++;
        unended.put(left, what);
        return left;
    }

    private void forget(long number, String what) {
        synchronized (this) {
            unended.remove(number);
        }
        LOG.log(Level.INFO, "{0} ended {1} at last", title, what);
    }
}
