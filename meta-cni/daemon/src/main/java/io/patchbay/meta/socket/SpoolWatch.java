package io.patchbay.meta.socket;

import io.patchbay.meta.attach.Backoff;
import io.patchbay.meta.watch.WatchedDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

/// The thread that drains the spool whenever a file appears in it, and again after a while when
/// something failed.
public final class SpoolWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SpoolWatch.class.getName());

    private static final Duration LAST = Duration.ofSeconds(5);

    private final Spool spool;
    private final RequestHandler handler;
    private final Backoff backoff;
    private final WatchedDirectories files;
    private final Thread thread;

    private SpoolWatch(
            Spool spool, RequestHandler handler, Backoff backoff, WatchedDirectories files) {
        this.spool = spool;
        this.handler = handler;
        this.backoff = backoff;
        this.files = files;
        this.thread = Thread.ofPlatform().name("patchbay-spool").unstarted(this::run);
    }

    /// Watches from now on, and drains what came before.
    ///
    /// @param directory where the spool's storage keeps it; it is made where it is not there
    public static SpoolWatch start(
            Spool spool, Path directory, RequestHandler handler, Backoff backoff) {
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("the spool %s cannot be made".formatted(directory), e);
        }
        WatchedDirectories files = WatchedDirectories.open();
        // That one was carried out and is gone is no reason to look again.
        files.watch(Map.of(directory, Files::exists));
        SpoolWatch watch = new SpoolWatch(spool, handler, backoff, files);
        watch.thread.start();
        return watch;
    }

    private void run() {
        Duration wait = backoff.first();
        try {
            while (true) {
                if (drain() == 0) {
                    wait = backoff.first();
                    files.await(backoff.longest());
                } else {
                    files.await(wait);
                    wait = backoff.after(wait);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the spool is no longer watched");
        }
    }

    private int drain() {
        try {
            return spool.drain(handler);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the spool cannot be drained, and is tried again", e);
            return 1;
        }
    }

    /// Ends the thread. The DEL it is at is interrupted, for it stays in the spool.
    @Override
    public void close() {
        files.close();
        thread.interrupt();
        try {
            if (!thread.join(LAST)) {
                LOG.log(
                        Level.WARNING,
                        "a DEL of the spool cannot be interrupted: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
