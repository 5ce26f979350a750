package io.patchbay.vpc;

import io.patchbay.spi.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Notes that outlive what wrote them, as long as the test runs.
public final class MemoryJournal<N extends Record> implements Journal<N> {
    private final Map<String, N> notes = new TreeMap<>();

    @Override
    public synchronized Optional<N> find(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    @Override
    public synchronized void write(String key, N note) {
        notes.put(key, note);
    }

    @Override
    public synchronized void erase(String key) {
        notes.remove(key);
    }

    @Override
    public synchronized Map<String, N> all() {
        return Map.copyOf(notes);
    }
}
