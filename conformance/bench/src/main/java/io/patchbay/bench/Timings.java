package io.patchbay.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How long something took, many times over, in nanoseconds.
final class Timings {
    private final List<Long> nanos = new ArrayList<>();

    void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        nanos.add(System.nanoTime() - start);
    }

    /// In milliseconds.
    double percentile(int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
        return sorted.get(index) / 1e6;
    }
}
