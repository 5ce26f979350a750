package io.patchbay.cloud.control;

import static io.patchbay.cloud.control.Weather.ALL;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The faults of a cloud, and the count of its calls. Safe from any thread.
public final class Faults {
    private static final Fault THROTTLED =
            new Fault.Refuse(503, "RequestLimitExceeded", "Request limit exceeded.");

    private final InstantSource clock;
    private final Map<String, Tokens> tokens = new HashMap<>();
    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final SortedMap<String, Long> calls = new TreeMap<>();
    private final SortedMap<String, Long> throttled = new TreeMap<>();
    private final SortedMap<String, Long> refused = new TreeMap<>();
    private final List<Consumer<Weather>> followers = new ArrayList<>();
    private Weather weather = Weather.FAIR;

    public Faults(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized Weather weather() {
        return weather;
    }

    /// Changes how the cloud is from now on; a bucket that is set is full.
    public synchronized void set(Weather now) {
        weather = now;
        tokens.clear();
        followers.forEach(follower -> follower.accept(now));
    }

    /// Shows the weather as it is, and after every change.
    public synchronized void follow(Consumer<Weather> follower) {
        followers.add(follower);
        follower.accept(weather);
    }

    /// Lets the next calls of an action, or of all by `*`, meet a fault; what was asked for earlier
    /// comes first.
    public synchronized void next(String action, int times, Fault fault) {
        Deque<Fault> queue = next.computeIfAbsent(action, _ -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(fault);
        }
    }

    /// Fair weather, and no more faults; the counts stay.
    public synchronized void clear() {
        set(Weather.FAIR);
        next.clear();
    }

    /// How often each action was called since the last reset, refused calls too.
    public synchronized SortedMap<String, Long> calls() {
        return new TreeMap<>(calls);
    }

    /// How many of the calls the buckets refused.
    public synchronized SortedMap<String, Long> throttled() {
        return new TreeMap<>(throttled);
    }

    /// How many calls were refused, by EC2's code: those that met a fault, and those that asked for
    /// what is not to be had.
    public synchronized SortedMap<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    /// Counts a refusal.
    public synchronized void refuse(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    public synchronized void resetCalls() {
        calls.clear();
        throttled.clear();
        refused.clear();
    }

    /// How long a call of an action takes more.
    public synchronized Duration latency(String action) {
        return weather.latencyOf(action);
    }

    /// Counts a call, and tells what happens to it.
    public synchronized Optional<Fault> meet(String action) {
        calls.merge(action, 1L, Long::sum);
        if (!pass(action)) {
            throttled.merge(action, 1L, Long::sum);
            return Optional.of(THROTTLED);
        }
        return poll(action).or(() -> poll(ALL));
    }

    private Optional<Fault> poll(String action) {
        return Optional.ofNullable(next.get(action)).map(Deque::poll);
    }

    private boolean pass(String action) {
        String key = weather.buckets().containsKey(action) ? action : ALL;
        Bucket bucket = weather.buckets().get(key);
        return bucket == null
                || tokens.computeIfAbsent(key, _ -> new Tokens(bucket, clock.instant()))
                        .take(clock.instant());
    }
}
