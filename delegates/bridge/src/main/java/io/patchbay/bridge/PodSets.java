package io.patchbay.bridge;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// What pods have in the sets of one nftables table, whose rules are the same however many they
/// are. A note names what a pod has there, for a DEL after a crashed ADD knows nothing else.
final class PodSets {
    /// A table.
    ///
    /// @param rules that declare it whole; run with each change, for declaring what is there
    ///   changes nothing, and `nft flush ruleset` spares nobody
    record Table(String family, String name, String rules) {}

    /// @param elements each the name of a set, a space, and the element
    record Note(AttachmentId id, List<String> elements) {}

    private final Journal<Note> journal;
    private final Table table;
    // Additions do not disturb each other; a removal looks at all notes.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Lock adding = lock.readLock();
    private final Lock removing = lock.writeLock();

    PodSets(Journal<Note> journal, Table table) {
        this.journal = journal;
        this.table = table;
    }

    void add(Netns host, AttachmentId id, List<String> elements) {
        if (!elements.isEmpty()) {
            under(
                    adding,
                    () -> {
                        journal.writeLazily(id.noteKey(), new Note(id, elements));
                        apply(host, elements, "add");
                    });
        }
    }

    private static void under(Lock lock, Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /// Puts back what was lost while no one watched, such as a reload of the host's own rules.
    void restore(Netns host) {
        under(
                removing,
                () -> {
                    List<String> all = elements(journal.all().values());
                    if (!all.isEmpty()) {
                        apply(host, all, "add");
                    }
                });
    }

    /// Idempotent. An element that another note names by now is that one's.
    void remove(Netns host, AttachmentId id) {
        under(removing, () -> removeAlone(host, id));
    }

    private void removeAlone(Netns host, AttachmentId id) {
        Optional<Note> note = journal.find(id.noteKey());
        if (note.isEmpty()) {
            return;
        }
        List<String> own = new ArrayList<>(note.get().elements());
        own.removeAll(
                elements(
                        journal.all().values().stream()
                                .filter(other -> !other.id().equals(id))
                                .toList()));
        if (!own.isEmpty() && !list(host).isEmpty()) {
            // What is added first can be deleted without asking whether it is there.
            apply(host, own, "add", "delete");
        }
        journal.erase(id.noteKey());
    }

    void removeAllBut(Netns host, String network, Set<AttachmentId> valid) {
        journal.all().values().stream()
                .map(Note::id)
                .filter(id -> id.isLeftover(network, valid))
                .toList()
                .forEach(id -> remove(host, id));
    }

    /// The elements that a pod is noted with.
    List<String> find(AttachmentId id) {
        return journal.find(id.noteKey()).map(Note::elements).orElse(List.of());
    }

    /// The table as it is, in nft's own words; empty where it is not there.
    String list(Netns host) {
        return host.nft().list(table.family(), table.name());
    }

    /// The table as nft names it.
    String name() {
        return table.family() + " " + table.name();
    }

    private static List<String> elements(Collection<Note> notes) {
        return notes.stream().flatMap(note -> note.elements().stream()).toList();
    }

    private void apply(Netns host, List<String> elements, String... verbs) {
        StringBuilder transaction = new StringBuilder(table.rules());
        for (String verb : verbs) {
            for (String element : elements) {
                String[] parts = element.split(" ", 2);
                transaction.append(
                        "%s element %s %s { %s }\n".formatted(verb, name(), parts[0], parts[1]));
            }
        }
        host.nft().apply(transaction.toString());
    }
}
