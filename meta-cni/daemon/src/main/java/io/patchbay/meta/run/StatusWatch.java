package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.watch.WatchedDirectories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Waits until a status may look otherwise: a note of the journal comes or goes, the daemon or its
/// socket does, a namespace appears or ends, or the kernel changes a link, an address, a route or a
/// rule on the node or in a pod that is shown. For one thread.
final class StatusWatch implements AutoCloseable {
    /// One ADD is dozens of changes.
    private static final Duration SETTLING = Duration.ofMillis(200);

    /// For what tells nobody, such as a namespace below /proc that ends.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Semaphore bell = new Semaphore(0);
    private final WatchedDirectories files = WatchedDirectories.open();
    private final WatchedNamespaces namespaces;
    private final DaemonPresence daemon;

    StatusWatch(Kernel kernel, Operator operator) {
        files.follow("watch files", bell::release);
        this.namespaces = new WatchedNamespaces(kernel, bell::release);
        this.daemon = new DaemonPresence(operator, bell::release);
    }

    /// Begins a turn: watches what is to be looked at now, and nothing else. No change falls
    /// between the watching and what is read in the turn.
    ///
    /// @param directories whose files count; one that is not there yet is watched later
    /// @param journal reads which sandboxes are shown
    List<Sandbox> turn(List<Path> directories, Supplier<List<Sandbox>> journal) {
        bell.drainPermits();
        files.watch(directories);
        List<Sandbox> sandboxes = journal.get();
        Stream<Path> places =
                sandboxes.stream()
                        .map(sandbox -> Path.of(sandbox.plan().netns()).getParent())
                        .filter(Objects::nonNull);
        files.watch(Stream.concat(directories.stream(), places).toList());
        namespaces.about(sandboxes);
        return sandboxes;
    }

    /// Why the daemon is not there, in a sentence; empty where it is. To be asked in each turn.
    Optional<String> away() {
        return daemon.away();
    }

    /// Waits until something may have changed since the {@link #turn} began, and for what follows
    /// at once.
    void await() throws InterruptedException {
        if (bell.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(SETTLING);
        }
    }

    @Override
    public void close() {
        files.close();
        namespaces.close();
        daemon.close();
    }
}
