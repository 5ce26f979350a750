package io.patchbay.meta.run;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Directories whose files come, change and go, heard by a thread of its own.
final class WatchedFiles implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WatchedFiles.class.getName());

    private final WatchService events;
    private final Runnable changed;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    private WatchedFiles(WatchService events, Runnable changed) {
        this.events = events;
        this.changed = changed;
    }

    static WatchedFiles start(Runnable changed) {
        try {
            WatchedFiles files =
                    new WatchedFiles(FileSystems.getDefault().newWatchService(), changed);
            Thread.ofPlatform().daemon().name("watch files").start(files::hear);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("files cannot be watched", e);
        }
    }

    private void hear() {
        try {
            while (true) {
                WatchKey key = events.take();
                key.pollEvents();
                key.reset();
                changed.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.log(Level.DEBUG, "files are no longer watched");
        }
    }

    /// Watches these and no others, as far as they are there.
    void retain(Collection<Path> directories) {
        Set<Path> wanted = Set.copyOf(directories);
        keys.entrySet()
                .removeIf(entry -> {
                    boolean over = !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
                    if (over) {
                        entry.getValue().cancel();
                    }
                    return over;
                });
        add(wanted);
    }

    /// Watches these too, as far as they are there.
    void add(Collection<Path> directories) {
        directories.stream()
                .filter(directory -> !keys.containsKey(directory))
                .filter(Files::isDirectory)
                .forEach(this::register);
    }

    private void register(Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} is not watched: {1}", directory, e.getMessage());
        }
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
