package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.plan.PlannedAttachment;

/// How far an attachment is, as the journal has it.
enum State {
    ATTACHED("attached"),
    /// Its ADD goes on, or ended without an end.
    UNFINISHED("unfinished"),
    /// Its DEL goes on, or waits to be tried again.
    DETACHING("being undone"),
    /// Nothing of it is left but, perhaps, its addresses.
    UNDONE("undone");

    private final String words;

    State(String words) {
        this.words = words;
    }

    static State of(Sandbox sandbox) {
        if (sandbox.isWhole()) {
            return ATTACHED;
        }
        return sandbox.detaching() || !sandbox.undone().isEmpty() ? DETACHING : UNFINISHED;
    }

    static State of(Sandbox sandbox, PlannedAttachment attachment) {
        return sandbox.undone().contains(attachment.id()) ? UNDONE : of(sandbox);
    }

    @Override
    public String toString() {
        return words;
    }
}
