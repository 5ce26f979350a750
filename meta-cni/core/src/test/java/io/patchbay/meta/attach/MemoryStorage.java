package io.patchbay.meta.attach;

import io.patchbay.meta.journal.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A state directory in memory, shared by the "processes" of one test.
final class MemoryStorage implements Storage {
    final Map<String, byte[]> files = new TreeMap<>();

    /// What names begin with for which there is no room.
    Optional<String> full = Optional.empty();

    @Override
    public synchronized void write(String name, byte[] content) {
        files.put(name, content.clone());
    }

    @Override
    public synchronized void writeLazily(String name, byte[] content) {
        if (full.filter(name::startsWith).isPresent()) {
            throw new UncheckedIOException(new IOException(name + ": No space left on device"));
        }
        files.put(name, content.clone());
    }

    @Override
    public synchronized Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public synchronized void erase(String name) {
        files.remove(name);
    }

    @Override
    public synchronized List<String> list(String directory) {
        return files.keySet().stream().filter(name -> name.startsWith(directory + "/")).toList();
    }

    @Override
    public synchronized void setAside(String name, String reason) {
        byte[] content = files.remove(name);
        if (content != null) {
            files.put("set-aside/" + name.replace('/', '_'), content);
        }
    }
}
