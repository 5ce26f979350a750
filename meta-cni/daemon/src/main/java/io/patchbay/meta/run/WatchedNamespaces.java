package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The node's namespace and those of some sandboxes, each heard by a thread of its own. A socket
/// that listens keeps its namespace alive: it is closed once nothing is at the namespace's path any
/// more.
final class WatchedNamespaces implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WatchedNamespaces.class.getName());
    private static final Place NODE = new Place("", 0);
    private static final Duration TURN = Duration.ofMinutes(1);

    private final Kernel kernel;
    private final Runnable changed;
    private final Map<Place, Thread> listeners = new HashMap<>();

    /// A path may be another namespace's by now.
    private record Place(String path, long inode) {}

    WatchedNamespaces(Kernel kernel, Runnable changed) {
        this.kernel = kernel;
        this.changed = changed;
    }

    /// Watches these and no others, as far as they are there.
    void about(List<Sandbox> sandboxes) {
        Set<Place> there = new HashSet<>();
        visit(NODE, there);
        sandboxes.stream()
                .map(sandbox -> new Place(sandbox.plan().netns(), sandbox.plan().netnsInode()))
                .forEach(place -> visit(place, there));
        listeners
                .entrySet()
                .removeIf(entry -> {
                    boolean over = !there.contains(entry.getKey());
                    if (over) {
                        entry.getValue().interrupt();
                    }
                    return over;
                });
    }

    private void visit(Place place, Set<Place> there) {
        try (OpenNetns netns = place.equals(NODE) ? kernel.openHost() : kernel.open(place.path())) {
            if (place.equals(NODE) || netns.inode() == place.inode()) {
                there.add(place);
                listeners.computeIfAbsent(place, _ -> listen(netns.watch(), place));
            }
        } catch (KernelException e) {
            LOG.log(Level.DEBUG, "{0} is not watched: {1}", place.path(), e.getMessage());
        }
    }

    private Thread listen(Watch watch, Place place) {
        return Thread.ofPlatform().daemon().name("watch " + place.path()).start(() -> hear(watch));
    }

    private void hear(Watch watch) {
        try (watch) {
            while (true) {
                if (watch.await(TURN)) {
                    changed.run();
                }
            }
        } catch (KernelException e) {
            LOG.log(Level.DEBUG, "no longer watched: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        listeners.values().forEach(Thread::interrupt);
    }
}
