package io.patchbay.chained;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The notes of a type, one for each step: a chain may have the same type more than once.
record Book<N extends Record & Noted>(Journal<N> journal) {
    void write(N note) {
        journal.writeLazily(key(note.id(), note.step()), note);
    }

    /// Throws code 100 where there is none.
    N get(Attachment<?> attachment) {
        return journal.find(key(attachment.id(), attachment.step()))
                .orElseThrow(() ->
                        CniException.changed(
                                "%s should be noted, and is not: it was made by another program, or its note was lost"
                                        .formatted(attachment.id())));
    }

    Optional<N> find(Detachment<?> detachment) {
        return journal.find(key(detachment.id(), detachment.step()));
    }

    void erase(N note) {
        journal.erase(key(note.id(), note.step()));
    }

    /// What is noted for a network's attachments that are not valid.
    List<N> orphans(String network, Set<AttachmentId> valid) {
        return journal.all().values().stream()
                .filter(note -> note.id().isLeftover(network, valid))
                .toList();
    }

    private static String key(AttachmentId id, int step) {
        return id.noteKey() + "#" + step;
    }
}
