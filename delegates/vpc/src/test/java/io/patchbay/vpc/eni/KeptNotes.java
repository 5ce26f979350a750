package io.patchbay.vpc.eni;

import io.patchbay.spi.Journal;
import io.patchbay.vpc.MemoryJournal;
import java.util.Map;
import java.util.Optional;

/// A journal in memory, which outlives who writes it, and may be where the process dies.
public final class KeptNotes<N extends Record> implements Journal<N> {
    private final Journal<N> notes = new MemoryJournal<>();
    private final Mortality mortality;

    public KeptNotes(Mortality mortality) {
        this.mortality = mortality;
    }

    @Override
    public Optional<N> find(String key) {
        return notes.find(key);
    }

    @Override
    public void write(String key, N note) {
        mortality.around(() -> {
            notes.write(key, note);
            return true;
        });
    }

    @Override
    public void erase(String key) {
        mortality.around(() -> {
            notes.erase(key);
            return true;
        });
    }

    @Override
    public Map<String, N> all() {
        return notes.all();
    }
}
