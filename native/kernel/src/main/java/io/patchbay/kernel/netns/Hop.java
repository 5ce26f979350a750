package io.patchbay.kernel.netns;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.KernelException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The two ways into a namespace. A thread that was started in a namespace stays there for good,
/// and so would a virtual thread's carrier: between the two setns of a hop there is one raw call
/// and nothing else, and code that must be there at length gets a thread that dies.
final class Hop {
    /// The process's own namespace. /proc/self would be the main thread's.
    static final int HOME =
            Syscalls.open(
                    "open the process's own network namespace",
                    "/proc/thread-self/ns/net",
                    Syscalls.O_RDONLY,
                    0);

    private static final System.Logger LOG = System.getLogger(Hop.class.getName());
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int EXIT_LOST = 70;

    private Hop() {}

    static void refuseVirtual(String operation) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException(
                    operation + ": not on a virtual thread, whose carrier would be left behind");
        }
    }

    /// Makes one raw call in a namespace; a result below 0 is its failure.
    static long call(String operation, int namespace, LongSupplier raw) {
        refuseVirtual(operation);
        int home = HOME;
        if (C.setns(namespace, CLONE_NEWNET) != 0) {
            throw Errno.exception(operation, Syscalls.errno());
        }
        long result = raw.getAsLong();
        int errno = result < 0 ? Syscalls.errno() : 0;
        if (C.setns(home, CLONE_NEWNET) != 0) {
            halt(operation, Syscalls.errno());
        }
        if (result < 0) {
            throw Errno.exception(operation, errno);
        }
        return result;
    }

    /// Runs an action on a thread of its own in a namespace. An interrupt of the caller is passed
    /// on, and the thread is waited for all the same: it may hold what the caller will close.
    static <T> T thread(String operation, int namespace, Supplier<T> action) {
        return thread(
                operation,
                () -> {
                    enter(operation, namespace);
                    return action.get();
                });
    }

    private static void enter(String operation, int namespace) {
        if (C.setns(namespace, CLONE_NEWNET) != 0) {
            throw Errno.exception(operation, Syscalls.errno());
        }
    }

    /// Runs an action that goes into a namespace by itself, on a thread that dies there.
    static <T> T thread(String operation, Supplier<T> action) {
        FutureTask<T> task = new FutureTask<>(action::get);
        Thread thread =
                Thread.ofPlatform()
                        .name("in-namespace")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(task);
        join(thread);
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            default -> throw failure(operation, task.exceptionNow());
        };
    }

    private static RuntimeException failure(String operation, Throwable cause) {
        return switch (cause) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(operation, cause);
        };
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void halt(String operation, int errno) {
        KernelException lost = Errno.exception(operation + ": come back home", errno);
        LOG.log(System.Logger.Level.ERROR, "a thread is lost in a foreign namespace", lost);
        Runtime.getRuntime().halt(EXIT_LOST);
    }
}
