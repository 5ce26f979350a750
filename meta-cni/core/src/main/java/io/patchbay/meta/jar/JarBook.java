package io.patchbay.meta.jar;

import io.patchbay.meta.journal.Notes;
import io.patchbay.meta.journal.Storage;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What became of each third party's jar, for those who look while the daemon is at work, and for
/// the next daemon, which must know the types of a jar that it does not load.
public final class JarBook {
    private static final Logger LOG = System.getLogger(JarBook.class.getName());
    private static final String DIRECTORY = "jar-states";

    private final Notes<State> notes;

    /// @param digest of the jar; empty as long as that is not whole
    /// @param types that it has, as far as it said
    /// @param sentence `loaded`, or why it is not
    public record State(String digest, List<String> types, String sentence) {
        public State {
            types = List.copyOf(types);
        }
    }

    /// @param storage the state directory
    public JarBook(Storage storage) {
        notes = new Notes<>(storage, DIRECTORY, State.class);
    }

    /// By the jar's name.
    public Map<String, State> all() {
        return notes.all();
    }

    /// The types that this very jar had when it was loaded.
    List<String> types(Jar jar) {
        return Optional.ofNullable(notes.all().get(jar.name()))
                .filter(state -> state.digest().equals(jar.digest()))
                .map(State::types)
                .orElse(List.of());
    }

    /// A disk that is full is no reason to do without the jar.
    void write(String jar, State state) {
        try {
            notes.writeLazily(jar, state);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0} is not listed: {1}", jar, e.getMessage());
        }
    }

    /// Forgets all jars but some.
    void retain(Set<String> jars) {
        notes.all().keySet().stream().filter(jar -> !jars.contains(jar)).forEach(notes::erase);
    }
}
