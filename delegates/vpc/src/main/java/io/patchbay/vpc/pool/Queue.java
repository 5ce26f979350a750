package io.patchbay.vpc.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/// Those who wait for an address, in the order in which they came. Every method is called with the
/// lock held.
final class Queue {
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /// One who waits. What it gets is handed over by whoever frees it, so that nobody who comes
    /// later can take it first.
    static final class Waiter {
        private final Need need;
        private final Condition served;
        private Optional<Holding> holding = Optional.empty();

        /// @param served of the lock that is held
        Waiter(Need need, Condition served) {
            this.need = need;
            this.served = served;
        }

        Need need() {
            return need;
        }

        Demand demand() {
            return need.demand();
        }

        Condition served() {
            return served;
        }

        Optional<Holding> holding() {
            return holding;
        }
    }

    void join(Waiter waiter) {
        waiters.add(waiter);
    }

    void leave(Waiter waiter) {
        waiters.remove(waiter);
    }

    /// As they are now: serving one changes nothing in the list.
    List<Waiter> all() {
        return List.copyOf(waiters);
    }

    void serve(Waiter waiter, Holding holding) {
        waiter.holding = Optional.of(holding);
        waiters.remove(waiter);
        waiter.served.signal();
        // Those behind it may have a nearer time at which to look by themselves.
        waiters.stream()
                .filter(next -> next.demand().equals(waiter.demand()))
                .findFirst()
                .ifPresent(next -> next.served.signal());
    }

    int size() {
        return waiters.size();
    }

    int size(Demand demand) {
        return (int) waiters.stream().filter(waiter -> waiter.demand().equals(demand)).count();
    }
}
