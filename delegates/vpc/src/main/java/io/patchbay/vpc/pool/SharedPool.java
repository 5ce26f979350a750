package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.pool.Queue.Waiter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The one pool of all threads, with those who wait for an address of it: after every change they
/// are served, first come, first served. Its lock is for decisions, and is held over nothing slow.
final class SharedPool {
    private static final System.Logger LOG = System.getLogger(SharedPool.class.getName());

    private static final long RECONSIDERED = TimeUnit.SECONDS.toNanos(1);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue queue = new Queue();
    private final Map<Demand, Duration> cuts = new HashMap<>();
    private Pool pool;
    private long version;
    private long early;

    SharedPool(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Pool now() {
        return locked(() -> pool);
    }

    /// Changes the pool, after which those who wait may be served.
    void change(UnaryOperator<Pool> work) {
        locked(() -> {
            pool = work.apply(pool);
            serve();
            version++;
            changed.signalAll();
            return version;
        });
    }

    /// Takes something out of what is free, if it is: nobody who waits could be served by that.
    ///
    /// @param work the pool afterwards; empty where it stays as it is
    /// @return whether it was taken
    boolean take(Function<Pool, Optional<Pool>> work) {
        return locked(() -> {
            Optional<Pool> after = work.apply(pool);
            after.ifPresent(one -> pool = one);
            return after.isPresent();
        });
    }

    /// Waits for a change: of the pool, or of who waits for it.
    ///
    /// @param seen what the last call returned; 0 at first
    /// @return a number for the next call
    long awaitChange(long seen, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (version == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return version;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        return locked(queue::size);
    }

    int waiting(Demand demand) {
        return locked(() -> queue.size(demand));
    }

    Set<Demand> demands() {
        return locked(() ->
                queue.all().stream().map(Waiter::demand).collect(Collectors.toUnmodifiableSet()));
    }

    /// How many addresses were given before they had cooled.
    long early() {
        return locked(() -> early);
    }

    /// Gives addresses of a kind that much before they have cooled, from now on.
    void cut(Demand demand, Duration cut) {
        if (!cut.equals(locked(() -> cut(demand)))) {
            change(same -> {
                cuts.put(demand, cut);
                return same;
            });
        }
    }

    private Duration cut(Demand demand) {
        return cuts.getOrDefault(demand, Duration.ZERO);
    }

    /// What somebody who needs an address would get of the pool as it is now.
    Choice choice(Demand demand) {
        return locked(() -> choose(demand));
    }

    private Choice choose(Demand demand) {
        return pool.facing(demand).choose(clock.instant(), cut(demand));
    }

    /// Waits until somebody has an address. An interruption is code 11.
    ///
    /// @param patience for how long; it may change meanwhile, and is asked for every second
    /// @return empty where there was none in time
    Optional<Holding> await(Need need, Supplier<Duration> patience) {
        lock.lock();
        try {
            Waiter waiter = new Waiter(need, lock.newCondition());
            queue.join(waiter);
            change(UnaryOperator.identity());
            try {
                linger(waiter, patience);
            } finally {
                queue.leave(waiter);
            }
            return waiter.holding();
        } finally {
            lock.unlock();
        }
    }

    private void linger(Waiter waiter, Supplier<Duration> patience) {
        long start = System.nanoTime();
        long left = patience.get().toNanos();
        try {
            while (waiter.holding().isEmpty() && left > 0) {
                long next = Math.min(untilNext(waiter.demand()), RECONSIDERED);
                long _ = waiter.served().awaitNanos(Math.min(left, next));
                serve();
                left = patience.get().toNanos() - (System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (waiter.holding().isEmpty()) {
                throw CniException.tryAgain(
                        "%s was interrupted while it waited for an address, one of %d: it can be tried again"
                                .formatted(waiter.need().owner(), queue.size()));
            }
        }
    }

    private long untilNext(Demand demand) {
        Instant now = clock.instant();
        return pool.facing(demand)
                .next(now)
                .map(holding -> Duration.between(now, holding.end().minus(cut(demand))))
                .map(wait -> Math.max(TimeUnit.MILLISECONDS.toNanos(1), wait.toNanos()))
                .orElse(Long.MAX_VALUE);
    }

    private void serve() {
        Set<Demand> exhausted = new HashSet<>();
        for (Waiter waiter : queue.all()) {
            if (!exhausted.contains(waiter.demand())) {
                switch (choose(waiter.demand())) {
                    case Choice.Free free -> serve(waiter, free);
                    case Choice.None _ -> exhausted.add(waiter.demand());
                }
            }
        }
    }

    private void serve(Waiter waiter, Choice.Free free) {
        Holding holding = waiter.need().with(free.address(), free.eni().id(), free.eni().table());
        pool = pool.with(holding);
        tell(free, holding);
        queue.serve(waiter, holding);
    }

    private void tell(Choice.Free free, Holding holding) {
        if (!free.cut().isZero()) {
            early++;
            LOG.log(
                    Level.INFO,
                    "{0} is given to {1} though it had {2} s to cool: the pool cannot grow",
                    Cidr.text(holding.address()),
                    holding.owner(),
                    free.cut().toSeconds());
        }
    }
}
