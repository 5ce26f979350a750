package io.patchbay.vpc.eni;

import io.patchbay.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The interfaces that are on their way, as notes tell. Safe from any thread.
public final class Intents {
    // A note of something that EC2 must show at once, if it is to show it at all.
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final Journal<EniNote> journal;
    private final InstantSource clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    public Intents(Journal<EniNote> journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    public Collection<EniNote> all() {
        return List.copyOf(journal.all().values());
    }

    /// What becomes an interface of this node, beside those that are seen; the oldest first.
    public List<EniNote> coming(Set<String> seen) {
        return journal.all().values().stream()
                .filter(note -> note.isComing() && !seen.contains(note.eni()))
                .sorted(Comparator.comparingLong(EniNote::since))
                .toList();
    }

    /// The ids that a sweep has to leave alone.
    public Set<String> ids() {
        return journal.all().values().stream()
                .map(EniNote::eni)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Ends what waits for instance metadata to tell of it.
    ///
    /// @param seen the interfaces that it tells
    /// @param attached what EC2 says is attached to this node: what is not, in spite of its note,
    ///   was taken off by somebody
    public void confirm(Set<String> seen, Predicate<String> attached) {
        for (EniNote note : all()) {
            if (note.stage() == EniNote.Stage.BE_SEEN
                    && (seen.contains(note.eni())
                            || (isOlder(note, SETTLED) && !attached.test(note.eni())))) {
                erase(note);
            }
        }
    }

    /// Works on one interface, unless another thread does.
    ///
    /// @param work is given the note as it is now, if there is one
    /// @return empty if another thread does
    <T> Optional<T> alone(String key, Function<Optional<EniNote>, T> work) {
        if (!underWay.add(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.apply(journal.find(key)));
        } finally {
            underWay.remove(key);
        }
    }

    /// Takes a device number and notes who has it, in one step: several interfaces may be made at
    /// the same time.
    synchronized EniNote claim(Function<Collection<EniNote>, EniNote> claim) {
        return write(claim.apply(journal.all().values()));
    }

    EniNote write(EniNote note) {
        journal.write(note.key(), note);
        return note;
    }

    /// Drops what was to become of an interface.
    void dropComing(String eni) {
        all().stream()
                .filter(note -> note.isComing() && note.eni().equals(eni))
                .forEach(this::erase);
    }

    void erase(EniNote note) {
        journal.erase(note.key());
    }

    boolean isOlder(EniNote note, Duration age) {
        return Instant.ofEpochMilli(note.since()).plus(age).isBefore(clock.instant());
    }

    long now() {
        return clock.millis();
    }
}
