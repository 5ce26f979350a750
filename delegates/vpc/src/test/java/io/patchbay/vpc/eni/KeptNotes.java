package io.patchbay.vpc.eni;

import io.patchbay.spi.Journal;
import io.patchbay.vpc.MemoryJournal;
import java.util.Map;
import java.util.Optional;

/// A journal in memory, which outlives who writes it, and may be where the process dies.
final class KeptNotes implements Journal<EniNote> {
    private final Journal<EniNote> notes = new MemoryJournal<>();
    private final Mortality mortality;

    KeptNotes(Mortality mortality) {
        this.mortality = mortality;
    }

    @Override
    public Optional<EniNote> find(String key) {
        return notes.find(key);
    }

    @Override
    public void write(String key, EniNote note) {
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
    public Map<String, EniNote> all() {
        return notes.all();
    }
}
