package io.patchbay.meta.jar;

import io.patchbay.meta.jar.Found.Refused;
import io.patchbay.meta.journal.Storage;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The third parties' jars of this node, of which each is loaded once. Safe from any thread.
public final class Jars {
    private static final Logger LOG = System.getLogger(Jars.class.getName());
    private static final String COPIES = "jars";

    private final List<Path> directories;
    private final InstantSource clock;
    private final Copies copies;
    private final CallMarks marks;
    private final Quarantine quarantine;
    private final JarBook book;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, List<String>> problems = new TreeMap<>();

    /// By name. For whoever must not wait while a jar is being loaded.
    private final Map<String, Jar> tried = new ConcurrentHashMap<>();

    /// @param stamp of the entry when it was last looked at
    /// @param loaded what of it is loaded
    private record Seen(String stamp, Optional<Jar> loaded) {
        static final Seen NEVER = new Seen("", Optional.empty());
    }

    /// Notes in whose calls the process before ended, and loads nothing yet.
    ///
    /// @param directories where jars lie; they need not be there
    /// @param state the state directory, where classes are loaded from copies
    /// @param storage the same as a port
    public Jars(List<Path> directories, Path state, Storage storage, InstantSource clock) {
        this.directories = List.copyOf(directories);
        this.clock = clock;
        this.marks = new CallMarks(storage);
        this.quarantine = new Quarantine(storage, state);
        this.book = new JarBook(storage);
        try {
            this.copies = new Copies(state.resolve(COPIES));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be emptied".formatted(COPIES), e);
        }
        quarantine.note(marks.take(), clock);
    }

    /// The providers of the jars that lie there now, for a command that asks them what they are:
    /// loaded from where they lie, and left out where they cannot be.
    public static List<ContainedProvider<?>> inPlace(List<Path> directories, InstantSource clock) {
        List<ContainedProvider<?>> found = new ArrayList<>();
        for (Path directory : directories) {
            try {
                for (Entry entry : Entry.list(directory)) {
                    found.addAll(inPlace(new Jar(entry.name(), "", entry.files()), clock));
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} cannot be looked through: {1}", directory, e);
            }
        }
        return found;
    }

    private static List<ContainedProvider<?>> inPlace(Jar jar, InstantSource clock) {
        return JarProviders.of(
                jar,
                Marking.NONE,
                clock,
                problem -> LOG.log(Level.WARNING, "{0}", problem.getMessage()));
    }

    /// Loads what lies there and was not loaded yet. What cannot be is logged, and looked at again
    /// when it has changed.
    public synchronized Found load() {
        List<ContainedProvider<?>> providers = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Set<Path> there = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Path directory : directories) {
            try {
                for (Entry entry : Entry.list(directory)) {
                    there.add(entry.path());
                    names.add(entry.name());
                    look(entry, providers, refused);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} cannot be looked through: {1}", directory, e);
            }
        }
        forgetAllBut(there, names);
        return new Found(
                providers, refused, problems.values().stream().flatMap(List::stream).toList());
    }

    /// What is loaded stays loaded, and in the book.
    private void forgetAllBut(Set<Path> there, Set<String> names) {
        problems.keySet().retainAll(there);
        seen.entrySet()
                .removeIf(entry ->
                        entry.getValue().loaded().isEmpty() && !there.contains(entry.getKey()));
        seen.values().forEach(one -> one.loaded().ifPresent(jar -> names.add(jar.name())));
        book.retain(names);
    }

    private void look(Entry entry, List<ContainedProvider<?>> providers, List<Refused> refused) {
        Seen before = seen.getOrDefault(entry.path(), Seen.NEVER);
        try {
            String stamp = entry.stamp();
            if (stamp.equals(before.stamp())) {
                return;
            }
            seen.put(entry.path(), new Seen(stamp, before.loaded()));
            problems.remove(entry.path());
            Jar jar = copies.take(entry);
            if (before.loaded().isPresent()) {
                tellOfChange(before.loaded().get(), jar);
                return;
            }
            Optional<String> reason = quarantine.find(jar);
            if (reason.isPresent()) {
                refused.addAll(refuse(entry, jar, reason.get()));
                return;
            }
            List<ContainedProvider<?>> found = load(entry, jar);
            if (!found.isEmpty()) {
                seen.put(entry.path(), new Seen(stamp, Optional.of(jar)));
            }
            providers.addAll(found);
        } catch (IOException e) {
            tell(
                    entry,
                    Level.WARNING,
                    CniException.tryAgain(
                            "%s is no whole jar, or not yet, and is waited for: %s"
                                    .formatted(entry.path(), e.getMessage())));
            book.write(entry.name(), new JarBook.State("", List.of(), told(entry)));
        }
    }

    private List<Refused> refuse(Entry entry, Jar jar, String reason) {
        List<String> types = book.types(jar);
        tell(entry, Level.ERROR, CniException.invalidConfig(reason));
        book.write(jar.name(), new JarBook.State(jar.digest(), types, reason));
        return types.stream().map(type -> new Refused(type, jar.name(), reason)).toList();
    }

    private List<ContainedProvider<?>> load(Entry entry, Jar jar) {
        tried.put(jar.name(), jar);
        List<ContainedProvider<?>> found =
                JarProviders.of(jar, marks, clock, problem -> tell(entry, Level.ERROR, problem));
        book.write(
                jar.name(),
                new JarBook.State(
                        jar.digest(),
                        found.stream().map(ContainedProvider::type).sorted().toList(),
                        problems.containsKey(entry.path()) ? told(entry) : "loaded"));
        return found;
    }

    private void tell(Entry entry, Level level, CniException problem) {
        String sentence = String.valueOf(problem.getMessage());
        problems.computeIfAbsent(entry.path(), _ -> new ArrayList<>()).add(sentence);
        LOG.log(level, sentence, problem.getCause());
    }

    private String told(Entry entry) {
        return String.join("; ", problems.getOrDefault(entry.path(), List.of()));
    }

    private static void tellOfChange(Jar loaded, Jar changed) {
        if (!loaded.digest().equals(changed.digest())) {
            LOG.log(
                    Level.WARNING,
                    "{0} has changed: what was loaded of it stays until the daemon is restarted",
                    loaded.name());
        }
    }

    /// The process is about to end because somebody asked it to: no jar is to blame if it is killed
    /// meanwhile.
    public void end() {
        marks.end();
    }

    /// For shutdown hooks: whether code of a jar ends the process, which is logged and noted.
    public boolean endsProcess() {
        Optional<Jar> jar =
                ProcessEnd.byJar().flatMap(name -> Optional.ofNullable(tried.get(name)));
        jar.ifPresent(culprit -> {
            LOG.log(Level.ERROR, "{0} ended the process, by System.exit", culprit.name());
            marks.blame(culprit);
        });
        return jar.isPresent();
    }
}
