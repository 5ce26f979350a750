package io.patchbay.vpc.eni;

import java.io.Serial;
import java.util.function.Supplier;

/// Where a process dies: at the n-th step, before or after its effect.
public final class Mortality {
    private int left = Integer.MAX_VALUE;
    private boolean afterwards;
    private int steps;

    /// What a process that was killed does not catch.
    public static final class Killed extends Error {
        @Serial private static final long serialVersionUID = 1L;
    }

    /// @param step counted from 1
    public void dieAt(int step, boolean afterEffect) {
        left = step;
        afterwards = afterEffect;
    }

    public void live() {
        left = Integer.MAX_VALUE;
    }

    public int steps() {
        return steps;
    }

    public synchronized <T> T around(Supplier<T> step) {
        steps++;
        left--;
        if (left == 0 && !afterwards) {
            throw new Killed();
        }
        T done = step.get();
        if (left == 0) {
            throw new Killed();
        }
        return done;
    }
}
