package io.patchbay.meta.kube;

import io.patchbay.meta.delegate.Changes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The objects of one kind as the API server told of them last, by `namespace/name` or name. One
/// thread writes, any thread reads.
final class Mirror<T> {
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private final Map<String, T> objects = new HashMap<>();
    private final Changes changes = new Changes();
    private boolean complete;

    synchronized Optional<T> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /// Waits for one that is on its way; empty when the time has passed.
    ///
    /// @param fits which one it is, called on this thread
    Optional<T> await(String key, Predicate<T> fits, Duration atMost) throws InterruptedException {
        return changes.await(() -> find(key).filter(fits), atMost);
    }

    synchronized List<T> all() {
        return List.copyOf(objects.values());
    }

    /// Whether all of them were listed once.
    synchronized boolean isComplete() {
        return complete;
    }

    /// Waits until all of them were listed once.
    void awaitComplete() throws InterruptedException {
        Optional<Mirror<T>> _ =
                changes.await(() -> Optional.of(this).filter(Mirror::isComplete), FOR_EVER);
    }

    /// Tells whenever something here is another than before.
    Changes changes() {
        return changes;
    }

    synchronized void put(String key, T object) {
        if (!object.equals(objects.put(key, object))) {
            changes.tell();
        }
    }

    synchronized void remove(String key) {
        if (objects.remove(key) != null) {
            changes.tell();
        }
    }

    /// Says that these are all there are.
    synchronized void complete(Collection<String> keys) {
        boolean fewer = objects.keySet().retainAll(Set.copyOf(keys));
        if (fewer || !complete) {
            complete = true;
            changes.tell();
        }
    }
}
