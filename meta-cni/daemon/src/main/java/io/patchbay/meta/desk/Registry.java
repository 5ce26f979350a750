package io.patchbay.meta.desk;

import io.patchbay.meta.delegate.Series;
import io.patchbay.spi.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// The meters of one type. What is wrong with a series is found when it is first seen.
final class Registry implements Meters {
    private static final Pattern UNSPEAKABLE = Pattern.compile("[^a-zA-Z0-9]");

    private final String prefix;
    private final ConcurrentMap<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Series, LongSupplier> gauges = new ConcurrentHashMap<>();

    /// @param type with what a metric's name cannot have, such as the dash of host-device, as `_`
    Registry(String type) {
        prefix = "patchbay_" + UNSPEAKABLE.matcher(type).replaceAll("_") + "_";
    }

    @Override
    public void count(String name, long by, String... labels) {
        counters.computeIfAbsent(
                        Series.counter(name, labels),
                        series -> {
                            Series _ = series.requireValid();
                            return new LongAdder();
                        })
                .add(by);
    }

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {
        gauges.put(Series.gauge(name, labels).requireValid(), now);
    }

    boolean hasGauges() {
        return !gauges.isEmpty();
    }

    void counters(Exposition text) {
        counters.forEach((series, counter) -> text.counter(prefix, series, counter.sum()));
    }

    /// Asks every gauge.
    Exposition gauges() {
        Exposition text = new Exposition();
        for (Map.Entry<Series, LongSupplier> gauge : gauges.entrySet()) {
            try {
                text.gauge(prefix, gauge.getKey(), gauge.getValue().getAsLong());
            } catch (RuntimeException | Error e) { // the code of a third party's jar, perhaps
                text.leftOut(prefix, gauge.getKey(), e);
            }
        }
        return text;
    }
}
