package io.patchbay.examples.dpdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number that one thread counts up, without waiting for anybody, and any may read.
final class Counter {
    private static final VarHandle VALUE = handle();

    @SuppressWarnings("UnusedVariable") // by the handle
    private long value;

    void add(long more) {
        set(get() + more);
    }

    void set(long now) {
        VALUE.setOpaque(this, now);
    }

    long get() {
        return (long) VALUE.getOpaque(this);
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
