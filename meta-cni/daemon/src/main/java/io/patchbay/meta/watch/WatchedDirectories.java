package io.patchbay.meta.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Directories whose files come, change and go. It tells that something changed, and not what:
/// whoever hears it looks at all again. Who watches first and looks then misses nothing, for a
/// directory that appears later, or in another's place, is a change, and is watched before that is
/// told. Safe from any thread.
public final class WatchedDirectories implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WatchedDirectories.class.getName());
    private static final Duration LONG = Duration.ofDays(1);

    private final WatchService events;
    private final Set<Path> unwatched = new HashSet<>();
    private volatile Optional<Thread> follower = Optional.empty();
    private Map<Path, Predicate<Path>> directories = Map.of();
    private Map<WatchKey, List<Watched>> keys = Map.of();

    /// The kernel counts a directory that two paths lead to as one.
    ///
    /// @param files which of its files count
    private record Watched(Path directory, Predicate<Path> files) {
        /// An overflow has no name, and may have been anything.
        boolean counts(WatchEvent<?> event) {
            return !(event.context() instanceof Path name) || files.test(directory.resolve(name));
        }
    }

    private WatchedDirectories(WatchService events) {
        this.events = events;
    }

    /// Watches nothing yet. Fails where the kernel has no more watchers to give (inotify(7),
    /// max_user_instances).
    public static WatchedDirectories open() {
        try {
            return new WatchedDirectories(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            throw new UncheckedIOException("files cannot be watched: " + e.getMessage(), e);
        }
    }

    /// Watches these and no others from now on, as soon as each is there. One that cannot be
    /// watched is logged once.
    public void watch(Collection<Path> these) {
        watch(these.stream().distinct().collect(Collectors.toMap(one -> one, _ -> _ -> true)));
    }

    /// @param these each with which of its files count
    public synchronized void watch(Map<Path, Predicate<Path>> these) {
        directories = Map.copyOf(these);
        register();
    }

    private synchronized void register() {
        Map<WatchKey, List<Watched>> now = new HashMap<>();
        directories.forEach((directory, files) -> register(directory, files, now));
        keys.keySet().stream().filter(key -> !now.containsKey(key)).forEach(WatchKey::cancel);
        keys = now;
    }

    /// From the root down, for what a parent lacks when it is asked, it tells when that comes.
    private void register(Path directory, Predicate<Path> files, Map<WatchKey, List<Watched>> now) {
        Path whole = directory.toAbsolutePath();
        Path parent = Objects.requireNonNull(whole.getRoot());
        for (Path name : whole) {
            Path child = parent.resolve(name);
            if (!register(new Watched(parent, child::equals), now)) {
                return;
            }
            parent = child;
        }
        register(new Watched(parent, files), now);
    }

    private boolean register(Watched watched, Map<WatchKey, List<Watched>> now) {
        try {
            WatchKey key =
                    watched.directory()
                            .register(
                                    events,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE);
            now.computeIfAbsent(key, _ -> new ArrayList<>()).add(watched);
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            if (unwatched.add(watched.directory())) {
                LOG.log(
                        Level.WARNING,
                        "{0} cannot be watched, and its files are looked at now and then only: {1}",
                        watched.directory(),
                        e.getMessage());
            }
            return false;
        } catch (ClosedWatchServiceException e) {
            // Whoever waits is told.
            return false;
        }
    }

    /// Waits for a change.
    ///
    /// @throws InterruptedException where this is closed, too
    public void await() throws InterruptedException {
        boolean changed = false;
        while (!changed) {
            changed = await(LONG);
        }
    }

    /// Waits for a change, and tells whether there was one; what has come meanwhile is part of it.
    ///
    /// @throws InterruptedException where this is closed, too
    public boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            boolean changed = false;
            for (WatchKey key = next(end); key != null; key = changed ? events.poll() : next(end)) {
                changed |= counts(key);
            }
            if (changed) {
                register();
            }
            return changed;
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException("no longer watched");
        }
    }

    private @Nullable WatchKey next(long end) throws InterruptedException {
        return events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private synchronized boolean counts(WatchKey key) {
        List<WatchEvent<?>> happened = key.pollEvents();
        key.reset();
        return keys.getOrDefault(key, List.of()).stream()
                .anyMatch(watched -> happened.stream().anyMatch(watched::counts));
    }

    /// Has something run after each change, by a thread of its own, until this is closed. Once.
    public void follow(String thread, Runnable action) {
        follower = Optional.of(Thread.ofPlatform().daemon().name(thread).start(() -> run(action)));
    }

    private void run(Runnable action) {
        try {
            while (true) {
                await();
                action.run();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "{0} ends", Thread.currentThread().getName());
        }
    }

    /// Returns once nothing more is run.
    @Override
    public void close() {
        try {
            events.close();
            if (follower.isPresent()) {
                follower.get().join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
