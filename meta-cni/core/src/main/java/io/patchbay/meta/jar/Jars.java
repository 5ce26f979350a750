package io.patchbay.meta.jar;

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

/// The third parties' jars of this node, of which each is loaded once. Safe from any thread.
public final class Jars {
    private static final Logger LOG = System.getLogger(Jars.class.getName());

    private final List<Path> directories;
    private final Copies copies;
    private final InstantSource clock;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, List<String>> problems = new TreeMap<>();

    /// What a look at the jars came to.
    ///
    /// @param providers those that are new
    /// @param problems why some jars, or some of their providers, are not among them or those from
    ///   before
    public record Found(List<ContainedProvider<?>> providers, List<String> problems) {
        public Found {
            providers = List.copyOf(providers);
            problems = List.copyOf(problems);
        }
    }

    /// @param stamp of the entry when it was last looked at
    /// @param loaded what of it is loaded
    private record Seen(String stamp, Optional<Jar> loaded) {
        static final Seen NEVER = new Seen("", Optional.empty());
    }

    /// @param directories where jars lie; they need not be there
    /// @param copies an own directory, from whose copies classes are loaded
    public Jars(List<Path> directories, Path copies, InstantSource clock) {
        this.directories = List.copyOf(directories);
        this.clock = clock;
        try {
            this.copies = new Copies(copies);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be emptied".formatted(copies), e);
        }
    }

    /// Loads what lies there and was not loaded yet. What cannot be is logged, and looked at again
    /// when it has changed.
    public synchronized Found load() {
        List<ContainedProvider<?>> found = new ArrayList<>();
        Set<Path> there = new HashSet<>();
        for (Path directory : directories) {
            try {
                for (Entry entry : Entry.list(directory)) {
                    there.add(entry.path());
                    found.addAll(load(entry));
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} cannot be looked through: {1}", directory, e);
            }
        }
        problems.keySet().retainAll(there);
        return new Found(found, problems.values().stream().flatMap(List::stream).toList());
    }

    private List<ContainedProvider<?>> load(Entry entry) {
        Seen before = seen.getOrDefault(entry.path(), Seen.NEVER);
        try {
            String stamp = entry.stamp();
            if (stamp.equals(before.stamp())) {
                return List.of();
            }
            seen.put(entry.path(), new Seen(stamp, before.loaded()));
            problems.remove(entry.path());
            Jar jar = copies.take(entry);
            if (before.loaded().isPresent()) {
                tellOfChange(before.loaded().get(), jar);
                return List.of();
            }
            List<ContainedProvider<?>> providers =
                    JarProviders.of(jar, clock, problem -> tell(entry, Level.ERROR, problem));
            if (!providers.isEmpty()) {
                seen.put(entry.path(), new Seen(stamp, Optional.of(jar)));
            }
            return providers;
        } catch (IOException e) {
            tell(
                    entry,
                    Level.WARNING,
                    CniException.tryAgain(
                            "%s is no whole jar, or not yet, and is waited for: %s"
                                    .formatted(entry.path(), e.getMessage())));
            return List.of();
        }
    }

    private void tell(Entry entry, Level level, CniException problem) {
        String sentence = String.valueOf(problem.getMessage());
        problems.computeIfAbsent(entry.path(), _ -> new ArrayList<>()).add(sentence);
        LOG.log(level, sentence, problem.getCause());
    }

    private static void tellOfChange(Jar loaded, Jar changed) {
        if (!loaded.digest().equals(changed.digest())) {
            LOG.log(
                    Level.WARNING,
                    "{0} has changed: what was loaded of it stays until the daemon is restarted",
                    loaded.name());
        }
    }
}
