package io.patchbay.kit.fault;

import io.patchbay.kit.fault.Fault.Die;
import io.patchbay.kit.fault.Fault.Meanwhile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The place every port call passes: it counts, remembers, and does what the fault says. Safe from
/// any thread.
public final class Faults {
    /// What the death of a process by SIGKILL looks like to its parent's shell.
    private static final int KILLED = 137;

    private final List<String> calls = new ArrayList<>();
    private final Set<Thread> ignored = ConcurrentHashMap.newKeySet();
    private Fault fault = new Fault.None();

    /// Counts anew from 1, with another fault.
    public synchronized void arm(Fault next) {
        calls.clear();
        fault = next;
    }

    public void disarm() {
        arm(new Fault.None());
    }

    /// The calls since the last arming, in their order.
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /// Lets the calls of this thread pass without counting them.
    void ignoreThisThread() {
        ignored.add(Thread.currentThread());
    }

    <T> T pass(String call, Function<String, RuntimeException> failure, Supplier<T> port) {
        if (ignored.contains(Thread.currentThread())) {
            return port.get();
        }
        Fault now;
        int number;
        synchronized (this) {
            calls.add(call);
            number = calls.size();
            now = fault;
        }
        if (now.failsBefore(number)) {
            throw failure.apply(call);
        }
        dieIf(now instanceof Die(int at, boolean after) && at == number && !after);
        if (now instanceof Meanwhile(int at, Runnable event) && at == number) {
            event.run();
        }
        T result = port.get();
        dieIf(now instanceof Die(int at, boolean after) && at == number && after);
        return result;
    }

    void run(String call, Function<String, RuntimeException> failure, Runnable port) {
        pass(
                call,
                failure,
                () -> {
                    port.run();
                    return call;
                });
    }

    private static void dieIf(boolean here) {
        if (here) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
