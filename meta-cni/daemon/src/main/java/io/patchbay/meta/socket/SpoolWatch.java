package io.patchbay.meta.socket;

import io.patchbay.meta.attach.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The thread that drains the spool whenever a file appears in it, and again after a while when
/// something failed.
public final class SpoolWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SpoolWatch.class.getName());

    private static final Duration LAST = Duration.ofSeconds(5);

    private final Spool spool;
    private final RequestHandler handler;
    private final Backoff backoff;
    private final WatchService events;
    private final Thread thread;

    private SpoolWatch(Spool spool, RequestHandler handler, Backoff backoff, WatchService events) {
        this.spool = spool;
        this.handler = handler;
        this.backoff = backoff;
        this.events = events;
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
            WatchService events = directory.getFileSystem().newWatchService();
            directory.register(events, StandardWatchEventKinds.ENTRY_CREATE);
            SpoolWatch watch = new SpoolWatch(spool, handler, backoff, events);
            watch.thread.start();
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the spool %s cannot be watched".formatted(directory), e);
        }
    }

    private void run() {
        Duration wait = backoff.first();
        try {
            while (true) {
                if (drain() == 0) {
                    wait = backoff.first();
                    forget(events.poll(backoff.longest().toMillis(), TimeUnit.MILLISECONDS));
                } else {
                    forget(events.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
                    wait = backoff.after(wait);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
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

    /// What happened does not matter, not even an overflow: all of the directory is read anyway.
    private static void forget(@Nullable WatchKey key) {
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    /// Ends the thread. The DEL it is at is interrupted, for it stays in the spool.
    @Override
    public void close() {
        try {
            events.close();
            thread.interrupt();
            if (!thread.join(LAST)) {
                LOG.log(
                        Level.WARNING,
                        "a DEL of the spool cannot be interrupted: it is left behind");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
