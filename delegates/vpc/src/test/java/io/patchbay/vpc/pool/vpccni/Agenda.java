package io.patchbay.vpc.pool.vpccni;

import io.patchbay.vpc.pool.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// What happens when, in compressed time: the clock jumps from one event to the next.
final class Agenda {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::when).thenComparingLong(Event::number));
    private final HandClock clock = new HandClock();
    private long numbers;

    private record Event(Instant when, long number, Runnable work) {}

    HandClock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    void after(Duration pause, Runnable work) {
        events.add(new Event(now().plus(pause), numbers++, work));
    }

    /// @param after is called after each event
    void run(Instant end, Runnable after) {
        Event next = events.peek();
        while (next != null && next.when().isBefore(end)) {
            events.remove();
            clock.set(next.when());
            next.work().run();
            after.run();
            next = events.peek();
        }
    }
}
