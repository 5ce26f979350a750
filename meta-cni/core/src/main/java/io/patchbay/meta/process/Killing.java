package io.patchbay.meta.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The end of calls, with all that they started.
public final class Killing {
    private static final Logger LOG = System.getLogger(Killing.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(5);

    /// What is killed is dead at once, unless the kernel waits for a device on its behalf.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How often nobody must be found: one may be missed once, see {@link CallMark#bearers}.
    private static final int EMPTY_LOOKS = 2;

    private Killing() {}

    /// Kills the calls that are under way and whose caller has died, and waits until they are dead:
    /// whoever undoes such a call must not meet it.
    public static void abandoned() {
        kill(CallMark.abandoned()::contains, Level.WARNING);
    }

    static void of(CallMark mark) {
        kill(mark::equals, Level.DEBUG);
    }

    /// An interrupt does not shorten it, and stays set.
    private static void kill(Predicate<CallMark> wanted, Level level) {
        boolean interrupted = Thread.interrupted();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            int empty = 0;
            while (empty < EMPTY_LOOKS) {
                List<ProcessHandle> living = CallMark.bearers(wanted);
                living.forEach(process -> kill(process, level));
                empty = living.isEmpty() ? empty + 1 : 0;
                if (System.nanoTime() - end >= 0) {
                    LOG.log(Level.ERROR, "processes {0} of a call cannot be killed", ids(living));
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void kill(ProcessHandle process, Level level) {
        LOG.log(
                level,
                "process {0} ({1}) is left of a call, and is killed",
                String.valueOf(process.pid()),
                process.info().command().orElse("?"));
        process.destroyForcibly();
    }

    private static String ids(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process -> String.valueOf(process.pid()))
                .collect(Collectors.joining(", "));
    }
}
