package io.patchbay.meta.run;

import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.jar.Jars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The thread that loads third parties' jars when they appear, once nothing has changed for a
/// moment: several jars may be copied one after the other.
final class JarWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JarWatch.class.getName());
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);

    private final List<Path> directories;
    private final Jars jars;
    private final Delegates delegates;
    private final WatchService events;
    private final Thread thread;

    private JarWatch(List<Path> directories, Jars jars, Delegates delegates, WatchService events) {
        this.directories = directories;
        this.jars = jars;
        this.delegates = delegates;
        this.events = events;
        this.thread = Thread.ofPlatform().daemon().name("patchbay-jars").unstarted(this::run);
    }

    /// Watches the directories that are there, from now on, and looks once for what came before.
    static JarWatch start(List<Path> directories, Jars jars, Delegates delegates) {
        try {
            JarWatch watch =
                    new JarWatch(
                            directories,
                            jars,
                            delegates,
                            FileSystems.getDefault().newWatchService());
            watch.register();
            watch.thread.start();
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("the delegates' directories cannot be watched", e);
        }
    }

    /// Directories of jars are watched too. To register one again changes nothing.
    private void register() throws IOException {
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                register(directory);
                try (Stream<Path> entries = Files.list(directory)) {
                    for (Path entry : entries.filter(Files::isDirectory).toList()) {
                        register(entry);
                    }
                }
            }
        }
    }

    private void register(Path directory) throws IOException {
        directory.register(
                events,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private void run() {
        try {
            while (true) {
                look();
                forget(events.take());
                awaitQuiet();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.log(Level.DEBUG, "the delegates' directories are watched no longer");
        }
    }

    private void awaitQuiet() throws InterruptedException {
        WatchKey key = events.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            forget(key);
            key = events.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// What happened does not matter, not even an overflow: all of it is looked at.
    private static void forget(WatchKey key) {
        key.pollEvents();
        key.reset();
    }

    private void look() {
        try {
            register();
            delegates.load(jars.load());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "jars cannot be looked for, until the next change", e);
        }
    }

    @Override
    public void close() {
        try {
            events.close();
            thread.interrupt();
            if (!thread.join(LAST)) {
                LOG.log(Level.WARNING, "a jar is still being loaded: it is left behind");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
