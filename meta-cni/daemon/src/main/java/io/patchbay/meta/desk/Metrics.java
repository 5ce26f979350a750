package io.patchbay.meta.desk;

import io.patchbay.spi.Meters;
import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What all delegates, and the daemon itself, count and gauge. Safe from any thread.
public final class Metrics {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Asking asking;
    private final ConcurrentMap<String, Registry> byType = new ConcurrentHashMap<>();

    public Metrics() {
        this(LIMIT);
    }

    /// @param limit how long the gauges of one type are waited for
    Metrics(Duration limit) {
        this.asking = new Asking(limit);
    }

    Asking asking() {
        return asking;
    }

    /// The meters of one type of delegate, the same at every call.
    public Meters of(String type) {
        return byType.computeIfAbsent(type, Registry::new);
    }

    /// All of it in Prometheus' text format, version 0.0.4. Gauges are code of their delegate: one
    /// that fails, or a type whose gauges do not answer in time, is left out, and a comment says
    /// so.
    public String text() {
        Exposition text = new Exposition();
        SortedMap<String, Registry> all = new TreeMap<>(byType);
        for (Map.Entry<String, Registry> entry : all.entrySet()) {
            Registry registry = entry.getValue();
            registry.counters(text);
            if (registry.hasGauges()) {
                try {
                    text.add(asking.ask(entry.getKey(), "gauges", registry::gauges));
                } catch (CniException e) {
                    text.comment(String.valueOf(e.getMessage()));
                }
            }
        }
        return text.toString();
    }
}
