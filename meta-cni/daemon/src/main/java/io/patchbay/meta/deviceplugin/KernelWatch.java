package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/// Rings when the kernel tells of changes. Its thread ends when it is closed.
final class KernelWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KernelWatch.class.getName());
    private static final Duration LONG = Duration.ofHours(1);

    private final Bell bell;
    private final Thread thread;

    /// @param what is watched, for the log and the thread's name
    KernelWatch(String what, Supplier<Watch> source, Bell bell) {
        this.bell = bell;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("patchbay-watch-" + what)
                        .start(() -> run(what, source));
    }

    /// It rings at once: what changed before the watch began was told to nobody.
    private void run(String what, Supplier<Watch> source) {
        try (Watch watch = source.get()) {
            bell.ring();
            while (true) {
                if (watch.await(LONG)) {
                    bell.ring();
                }
            }
        } catch (KernelException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.log(
                        Level.WARNING,
                        "{0} are looked at now and then only: {1}",
                        what,
                        e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
