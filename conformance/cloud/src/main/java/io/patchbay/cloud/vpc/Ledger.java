package io.patchbay.cloud.vpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Holds the VPC as it is and as it was, so that a face may lag behind. Safe from any thread.
public final class Ledger {
    private static final Duration LONGEST_LAG = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Consumer<Vpc>> followers = new ArrayList<>();

    private record Entry(Instant since, Vpc vpc) {}

    public Ledger(InstantSource clock, Vpc first) {
        this.clock = clock;
        entries.add(new Entry(clock.instant(), first));
    }

    public synchronized Vpc now() {
        return entries.getLast().vpc();
    }

    /// The VPC as it was a while ago; its first state where it is younger.
    public synchronized Vpc before(Duration lag) {
        Instant then = clock.instant().minus(lag);
        return entries.reversed().stream()
                .filter(entry -> !entry.since().isAfter(then))
                .findFirst()
                .orElse(entries.getFirst())
                .vpc();
    }

    /// Makes one change; what the change throws leaves all as it was. Followers see it before this
    /// returns.
    public synchronized Vpc change(UnaryOperator<Vpc> change) {
        Vpc next = change.apply(now());
        Instant instant = clock.instant();
        entries.add(new Entry(instant, next));
        while (entries.size() > 1
                && entries.getFirst().since().isBefore(instant.minus(LONGEST_LAG))) {
            entries.removeFirst();
        }
        followers.forEach(follower -> follower.accept(next));
        return next;
    }

    /// Makes one change by an action, and gives what it tells.
    public synchronized <T> T perform(Function<Vpc, Outcome<T>> action) {
        Outcome<T> outcome = action.apply(now());
        change(_ -> outcome.vpc());
        return outcome.value();
    }

    /// Shows the VPC as it is now, and after every change.
    public synchronized void follow(Consumer<Vpc> follower) {
        followers.add(follower);
        follower.accept(now());
    }
}
