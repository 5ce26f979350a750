package io.patchbay.meta.jar;

import io.patchbay.meta.journal.FileName;
import io.patchbay.meta.journal.Notes;
import io.patchbay.meta.journal.Storage;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The jars in whose calls the process ended. One that did so twice within ten minutes is not
/// loaded any more, until another jar is in its place or its note is removed.
final class Quarantine {
    private static final Logger LOG = System.getLogger(Quarantine.class.getName());
    private static final String DIRECTORY = "quarantine";
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /// Once may be somebody's SIGKILL.
    private static final double LIMIT = 2;

    private final Notes<Deaths> notes;
    private final Path state;

    /// What is remembered of a jar.
    ///
    /// @param digest of the jar; another one under its name starts anew
    record Deaths(String digest, List<Death> deaths) {
        Deaths {
            deaths = List.copyOf(deaths);
        }
    }

    /// One end of the process.
    ///
    /// @param at when the next one began, as ISO 8601
    /// @param suspects how many jars were in a call, so that each has a part of the blame
    /// @param calls those of this jar
    record Death(String at, int suspects, List<String> calls) {
        Death {
            calls = List.copyOf(calls);
        }

        boolean isBefore(Instant time) {
            return Instant.parse(at).isBefore(time);
        }

        @Override
        public String toString() {
            return "%s, at %s".formatted(String.join(" and ", calls), at);
        }
    }

    /// @param storage the state directory
    /// @param state where that is, for those who read it
    Quarantine(Storage storage, Path state) {
        this.notes = new Notes<>(storage, DIRECTORY, Deaths.class);
        this.state = state;
    }

    /// Notes the end of the process before, of which marks are left.
    void note(List<Mark> marks, InstantSource clock) {
        Map<String, List<Mark>> byJar =
                marks.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Mark::jar, TreeMap::new, Collectors.toList()));
        byJar.forEach((jar, own) -> {
            Death death =
                    new Death(
                            clock.instant().toString(),
                            byJar.size(),
                            own.stream().map(Mark::call).sorted().toList());
            write(jar, after(jar, own.getLast().digest(), death));
        });
    }

    /// The daemon starts on a disk that is full, too.
    private void write(String jar, Deaths deaths) {
        try {
            notes.write(jar, deaths);
        } catch (UncheckedIOException e) {
            LOG.log(
                    Level.WARNING,
                    "that the daemon ended in a call of {0} is not noted: {1}",
                    jar,
                    e.getMessage());
        }
    }

    private Deaths after(String jar, String digest, Death death) {
        List<Death> deaths = new ArrayList<>();
        notes.find(jar)
                .filter(before -> before.digest().equals(digest))
                .ifPresent(before -> deaths.addAll(before.deaths()));
        Instant first = Instant.parse(death.at()).minus(WINDOW);
        deaths.removeIf(before -> before.isBefore(first));
        deaths.add(death);
        return new Deaths(digest, deaths);
    }

    /// Why a jar is not loaded, and what to do; empty where it may be. What is remembered of
    /// another jar in its place is forgotten.
    Optional<String> find(Jar jar) {
        Optional<Deaths> record = notes.find(jar.name());
        if (record.isPresent() && !record.get().digest().equals(jar.digest())) {
            notes.erase(jar.name());
            return Optional.empty();
        }
        return record.filter(Quarantine::isOver).map(over -> sentence(jar.name(), over));
    }

    private static boolean isOver(Deaths record) {
        double blame = record.deaths().stream().mapToDouble(death -> 1.0 / death.suspects()).sum();
        return blame > LIMIT - 0.001;
    }

    private String sentence(String jar, Deaths record) {
        return "%s is in quarantine, for the daemon ended %d times in its calls (%s): put another jar in its place, or remove %s and restart the daemon"
                .formatted(
                        jar,
                        record.deaths().size(),
                        record.deaths().stream()
                                .map(Death::toString)
                                .collect(Collectors.joining("; ")),
                        state.resolve(DIRECTORY).resolve(FileName.of(jar)));
    }
}
