package io.patchbay.vpc.pool;

import io.patchbay.spi.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A journal in memory, which outlives the {@link Addresses} on it.
public final class KeptNotes implements Journal<AddressNote> {
    private final Map<String, AddressNote> notes = new TreeMap<>();

    @Override
    public synchronized Optional<AddressNote> find(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    @Override
    public synchronized void write(String key, AddressNote note) {
        notes.put(key, note);
    }

    @Override
    public synchronized void erase(String key) {
        notes.remove(key);
    }

    @Override
    public synchronized Map<String, AddressNote> all() {
        return Map.copyOf(notes);
    }
}
