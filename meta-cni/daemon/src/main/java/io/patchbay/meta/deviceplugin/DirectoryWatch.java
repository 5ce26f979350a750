package io.patchbay.meta.deviceplugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Rings when files change in some directories. Its thread ends when it is closed.
final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DirectoryWatch.class.getName());

    private final Bell bell;
    private final WatchService events;
    private final Map<Path, Predicate<Path>> names = new ConcurrentHashMap<>();
    private final Set<Path> unwatched = new HashSet<>();

    private DirectoryWatch(Bell bell, WatchService events) {
        this.bell = bell;
        this.events = events;
    }

    /// Empty where the kernel has no more watches to give (inotify(7), max_user_instances).
    static Optional<DirectoryWatch> open(Bell bell) {
        try {
            DirectoryWatch watch =
                    new DirectoryWatch(bell, FileSystems.getDefault().newWatchService());
            Thread.ofPlatform().daemon().name("patchbay-device-files").start(watch::run);
            return Optional.of(watch);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "files are looked at now and then only: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Watches a directory if it is there. To do so again changes nothing, but finds one that came
    /// later, or again. One that cannot be watched is told once.
    ///
    /// @param those the names that count
    void watch(Path directory, Predicate<Path> those) {
        names.put(directory, those);
        if (Files.isDirectory(directory)) {
            try {
                directory.register(
                        events,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (NoSuchFileException e) {
                LOG.log(Level.DEBUG, "{0} has just gone", directory);
            } catch (IOException e) {
                if (unwatched.add(directory)) {
                    LOG.log(
                            Level.WARNING,
                            "{0} is looked at now and then only: {1}",
                            directory,
                            e.getMessage());
                }
            }
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = events.take();
                boolean counts = false;
                for (WatchEvent<?> event : key.pollEvents()) {
                    counts |= counts((Path) key.watchable(), event);
                }
                key.reset();
                if (counts) {
                    bell.ring();
                }
            }
        } catch (ClosedWatchServiceException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// An overflow has no name, and may have been anything.
    private boolean counts(Path directory, WatchEvent<?> event) {
        return !(event.context() instanceof Path name)
                || names.getOrDefault(directory, _ -> false).test(name);
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
