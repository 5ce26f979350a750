package io.patchbay.meta.delegate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a binary complained of while it was called for one step. Safe from any thread: a third
/// party's delegate asks for its addresses on one of its own.
public final class Complaints {
    private final int step;
    private final List<Complaint> all = new CopyOnWriteArrayList<>();

    public Complaints(int step) {
        this.step = step;
    }

    void add(String type, String text) {
        all.add(new Complaint(step, type, text));
    }

    public List<Complaint> all() {
        return List.copyOf(all);
    }
}
