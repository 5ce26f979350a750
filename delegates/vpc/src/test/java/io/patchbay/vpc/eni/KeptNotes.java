package io.patchbay.vpc.eni;

import io.patchbay.spi.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A journal in memory, which outlives who writes it, and may be where the process dies.
final class KeptNotes implements Journal<EniNote> {
    private final Map<String, EniNote> notes = new TreeMap<>();
    private final Mortality mortality;

    KeptNotes(Mortality mortality) {
        this.mortality = mortality;
    }

    @Override
    public synchronized Optional<EniNote> find(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    @Override
    public void write(String key, EniNote note) {
        mortality.around(() -> {
            synchronized (this) {
                notes.put(key, note);
            }
            return true;
        });
    }

    @Override
    public void erase(String key) {
        mortality.around(() -> {
            synchronized (this) {
                notes.remove(key);
            }
            return true;
        });
    }

    @Override
    public synchronized Map<String, EniNote> all() {
        return Map.copyOf(notes);
    }
}
