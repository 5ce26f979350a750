package io.patchbay.meta.attach;

import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One lock a sandbox, and one that holds all of them off for garbage collection. Waiting ends at
/// the deadline, with code 11. A call that its delegate does not end keeps its sandbox locked
/// beyond its own end, but nothing else: who comes then is refused at once, and does not wait.
final class SandboxLocks {
    private final InstantSource clock;
    private final ReentrantReadWriteLock collection = new ReentrantReadWriteLock(true);
    private final Map<String, Shared> locks = new HashMap<>();

    SandboxLocks(InstantSource clock) {
        this.clock = clock;
    }

    /// What is held until it is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// No thread owns it, for it may be given back by another one.
    private static final class Shared {
        final Semaphore free = new Semaphore(1, true);
        int users;
        int holders;
        int kept;
    }

    Held one(String containerId, Instant deadline) {
        Held all = take(collection.readLock(), "garbage collection", deadline);
        try {
            Held own = own(containerId, deadline);
            return () -> {
                own.close();
                all.close();
            };
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private Held own(String containerId, Instant deadline) {
        Shared shared = use(containerId);
        try {
            refuseKept(containerId);
            await(
                    nanos -> shared.free.tryAcquire(nanos, TimeUnit.NANOSECONDS),
                    "an earlier call for " + containerId,
                    deadline);
        } catch (RuntimeException e) {
            leave(containerId, shared);
            throw e;
        }
        hold(shared);
        return () -> drop(containerId, shared);
    }

    private synchronized void hold(Shared shared) {
        shared.holders++;
    }

    private synchronized void drop(String containerId, Shared shared) {
        shared.holders--;
        if (shared.holders == 0) {
            shared.free.release();
        }
        leave(containerId, shared);
    }

    Held all(Instant deadline) {
        return take(collection.writeLock(), "the calls in flight", deadline);
    }

    /// Keeps a sandbox locked until the result is closed, which any thread may do. Whoever calls
    /// this holds its lock, or the lock of all.
    synchronized Held keep(String containerId) {
        Shared shared = use(containerId);
        boolean _ = shared.free.tryAcquire();
        shared.kept++;
        hold(shared);
        return () -> release(containerId, shared);
    }

    private synchronized void release(String containerId, Shared shared) {
        shared.kept--;
        drop(containerId, shared);
    }

    /// Refuses with 11 a sandbox that is kept.
    synchronized void refuseKept(String containerId) {
        Shared shared = locks.get(containerId);
        if (shared != null && shared.kept > 0) {
            throw CniException.tryAgain(
                    "an earlier call for %s has not ended, though its deadline passed"
                            .formatted(containerId));
        }
    }

    private synchronized Shared use(String containerId) {
        Shared shared = locks.computeIfAbsent(containerId, id -> new Shared());
        shared.users++;
        return shared;
    }

    private synchronized void leave(String containerId, Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            locks.remove(containerId);
        }
    }

    private Held take(Lock lock, String holder, Instant deadline) {
        await(nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS), holder, deadline);
        return lock::unlock;
    }

    private interface Attempt {
        boolean within(long nanos) throws InterruptedException;
    }

    private void await(Attempt attempt, String holder, Instant deadline) {
        try {
            long wait = Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
            if (attempt.within(wait)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain("the call was ended while it waited for " + holder);
        }
        throw CniException.tryAgain("the deadline passed while waiting for " + holder);
    }
}
