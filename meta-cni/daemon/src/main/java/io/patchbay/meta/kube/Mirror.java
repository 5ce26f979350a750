package io.patchbay.meta.kube;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects of one kind as the API server told of them last, by `namespace/name` or name. One
/// thread writes, any thread reads.
final class Mirror<T> {
    private final Map<String, T> objects = new HashMap<>();
    private boolean complete;

    synchronized Optional<T> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /// Waits a little for one that is on its way.
    synchronized Optional<T> await(String key, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos();
                    left > 0 && !objects.containsKey(key);
                    left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return find(key);
    }

    synchronized List<T> all() {
        return List.copyOf(objects.values());
    }

    /// Whether all of them were listed once.
    synchronized boolean isComplete() {
        return complete;
    }

    /// Waits until all of them were listed once.
    synchronized void awaitComplete() throws InterruptedException {
        while (!complete) {
            wait();
        }
    }

    synchronized void put(String key, T object) {
        objects.put(key, object);
        notifyAll();
    }

    synchronized void remove(String key) {
        objects.remove(key);
    }

    /// Says that these are all there are.
    synchronized void complete(Collection<String> keys) {
        objects.keySet().retainAll(Set.copyOf(keys));
        complete = true;
        notifyAll();
    }
}
