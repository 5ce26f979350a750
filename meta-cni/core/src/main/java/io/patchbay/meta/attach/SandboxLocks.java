package io.patchbay.meta.attach;

import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One lock a sandbox, and one that holds all of them off for garbage collection. Waiting ends at
/// the deadline, with code 11.
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

    private static final class Shared {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    Held one(String containerId, Instant deadline) {
        Held all = take(collection.readLock(), "garbage collection", deadline);
        Shared shared = use(containerId);
        try {
            Held own = take(shared.lock, "an earlier call for " + containerId, deadline);
            return () -> {
                own.close();
                leave(containerId, shared);
                all.close();
            };
        } catch (RuntimeException e) {
            leave(containerId, shared);
            all.close();
            throw e;
        }
    }

    Held all(Instant deadline) {
        return take(collection.writeLock(), "the calls in flight", deadline);
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
        try {
            long wait = Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
            if (lock.tryLock(wait, TimeUnit.NANOSECONDS)) {
                return lock::unlock;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain("the call was ended while it waited for " + holder);
        }
        throw CniException.tryAgain("the deadline passed while waiting for " + holder);
    }
}
