package io.patchbay.dpdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The right to cross into C with a queue, a ring or a burst: one thread at a time, and none once
/// it is shut. It costs one compare-and-set a crossing, and shutting waits for whoever is inside.
final class Claim {
    private static final int IDLE = 0;
    private static final int TAKEN = 1;
    private static final int SHUT = 2;
    private static final VarHandle STATE = handle();

    private volatile int state;
    private final String shut;

    private Claim(int state, String shut) {
        this.state = state;
        this.shut = shut;
    }

    /// `shut` is what a refusal says of the owner then, such as "is closed".
    static Claim open(String shut) {
        return new Claim(IDLE, shut);
    }

    static Claim shut(String shut) {
        return new Claim(SHUT, shut);
    }

    void take(Object owner) {
        if (!STATE.compareAndSet(this, IDLE, TAKEN)) {
            throw refusal(owner);
        }
    }

    private IllegalStateException refusal(Object owner) {
        return new IllegalStateException(
                state == SHUT
                        ? owner + " " + shut + "."
                        : owner + " is in use by another thread: give each thread its own.");
    }

    void release() {
        STATE.setRelease(this, IDLE);
    }

    void reopen() {
        STATE.compareAndSet(this, SHUT, IDLE);
    }

    /// Waits until nobody is inside, then refuses. False where it was shut before.
    boolean shut() {
        while (!STATE.compareAndSet(this, IDLE, SHUT)) {
            if (state == SHUT) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Claim.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
