package io.patchbay.meta.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.journal.Envelope.TornRecord;
import io.patchbay.meta.journal.Envelope.Whole;
import io.patchbay.spi.Journal;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Records of one type in a directory of the state, each in an {@link Envelope} with its key. Safe
/// from any thread. Failures of the disk are {@link UncheckedIOException}.
public final class Notes<N extends Record> implements Journal<N> {
    private static final String KEY = "key";
    private static final String NOTE = "note";

    private final Storage storage;
    private final String directory;
    private final String kind;
    private final Class<N> type;

    /// @param directory where the notes are kept; it is also what their envelopes say they are
    public Notes(Storage storage, String directory, Class<N> type) {
        this.storage = storage;
        this.directory = directory;
        this.kind = directory;
        this.type = type;
    }

    record Keyed<N extends Record>(String key, N note) {}

    @Override
    public Optional<N> find(String key) {
        return read(name(key)).filter(found -> found.key.equals(key)).map(Keyed::note);
    }

    @Override
    public void write(String key, N note) {
        storage.write(name(key), seal(key, note));
    }

    @Override
    public void writeLazily(String key, N note) {
        storage.writeLazily(name(key), seal(key, note));
    }

    @Override
    public void erase(String key) {
        storage.erase(name(key));
    }

    @Override
    public Map<String, N> all() {
        Map<String, N> all = new LinkedHashMap<>();
        for (String name : storage.list(directory)) {
            read(name).ifPresent(found -> all.put(found.key, found.note));
        }
        return all;
    }

    private String name(String key) {
        return directory + "/" + FileName.of(key);
    }

    private byte[] seal(String key, N note) {
        try {
            return Envelope.seal(kind, Json.mapper().writeValueAsString(new Keyed<>(key, note)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Keyed<N>> read(String name) {
        return storage.read(name)
                .flatMap(content ->
                        switch (Envelope.open(kind, content)) {
                            case Whole(String text) -> decode(name, text);
                            case TornRecord(String reason) -> setAside(name, reason);
                        });
    }

    private Optional<Keyed<N>> decode(String name, String text) {
        try {
            JsonNode body = Json.mapper().readTree(text);
            String key = body.path(KEY).asText();
            if (!name(key).equals(name) || !body.hasNonNull(NOTE)) {
                return setAside(name, "is a note of \"" + key + "\", which is kept elsewhere");
            }
            return Optional.of(new Keyed<>(key, Json.mapper().treeToValue(body.get(NOTE), type)));
        } catch (JsonProcessingException e) {
            return setAside(name, "is no " + type.getSimpleName() + ": " + e.getOriginalMessage());
        }
    }

    private Optional<Keyed<N>> setAside(String name, String reason) {
        storage.setAside(name, reason);
        return Optional.empty();
    }
}
