package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// Those who wait for an address, in the order in which they came. Every method is called with the
/// lock held.
final class Queue {
    private final Lock lock;
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /// One who waits. What it gets is handed over by whoever frees it, so that nobody who comes
    /// later can take it first.
    static final class Waiter {
        private final AttachmentId owner;
        private final int link;
        private final Condition served;
        private Optional<Holding> holding = Optional.empty();

        private Waiter(AttachmentId owner, int link, Condition served) {
            this.owner = owner;
            this.link = link;
            this.served = served;
        }

        AttachmentId owner() {
            return owner;
        }

        int link() {
            return link;
        }

        Condition served() {
            return served;
        }

        Optional<Holding> holding() {
            return holding;
        }
    }

    Queue(Lock lock) {
        this.lock = lock;
    }

    Waiter join(AttachmentId owner, int link) {
        Waiter waiter = new Waiter(owner, link, lock.newCondition());
        waiters.add(waiter);
        return waiter;
    }

    void leave(Waiter waiter) {
        waiters.remove(waiter);
    }

    Optional<Waiter> first() {
        return Optional.ofNullable(waiters.peek());
    }

    void serve(Waiter waiter, Holding holding) {
        waiter.holding = Optional.of(holding);
        waiters.remove(waiter);
        waiter.served.signal();
        // The one behind it may have a nearer time at which to look by itself.
        first().ifPresent(next -> next.served.signal());
    }

    int size() {
        return waiters.size();
    }
}
