package io.patchbay.dpdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/// The right to cross into C with a queue, a ring or a burst: for one thread at a time or for many,
/// and for none once it is shut. It costs one compare-and-set a crossing, and shutting waits for
/// whoever is inside.
final class Claim {
    private static final int SHUT = -1;
    private static final VarHandle INSIDE = handle();

    /// How many threads are inside, or SHUT.
    private volatile int inside;

    private final int most;
    private final String shut;

    private Claim(int inside, int most, String shut) {
        this.inside = inside;
        this.most = most;
        this.shut = shut;
    }

    /// `shut` is what a refusal says of the owner then, such as "is closed".
    static Claim ofOne(String shut) {
        return new Claim(0, 1, shut);
    }

    static Claim ofMany(String shut) {
        return new Claim(0, Integer.MAX_VALUE, shut);
    }

    static Claim ofNoneYet(String shut) {
        return new Claim(SHUT, 1, shut);
    }

    void take(Object owner) {
        if (!INSIDE.compareAndSet(this, 0, 1)) {
            takeAmongOthers(owner);
        }
    }

    private void takeAmongOthers(Object owner) {
        int now;
        do {
            now = inside;
            if (now == SHUT) {
                throw new IllegalStateException(owner + " " + shut + ".");
            }
            if (now >= most) {
                throw new IllegalStateException(
                        owner + " is in use by another thread: give each thread its own.");
            }
        } while (!INSIDE.compareAndSet(this, now, now + 1));
    }

    void release() {
        if (most == 1) {
            INSIDE.setRelease(this, 0);
        } else {
            INSIDE.getAndAdd(this, -1);
        }
    }

    void reopen() {
        INSIDE.compareAndSet(this, SHUT, 0);
    }

    /// Waits until nobody is inside, then refuses. False where it was shut before.
    boolean shut() {
        while (!INSIDE.compareAndSet(this, 0, SHUT)) {
            if (inside == SHUT) {
                return false;
            }
            LockSupport.parkNanos(1_000);
        }
        return true;
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Claim.class, "inside", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
