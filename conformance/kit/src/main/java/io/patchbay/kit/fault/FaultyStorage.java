package io.patchbay.kit.fault;

import io.patchbay.meta.journal.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A state directory whose writes pass the {@link Faults}; it fails as a full disk does.
public final class FaultyStorage implements Storage {
    private final Storage storage;
    private final Faults faults;

    public FaultyStorage(Storage storage, Faults faults) {
        this.storage = storage;
        this.faults = faults;
    }

    private static UncheckedIOException fullDisk(String call) {
        return new UncheckedIOException(
                new IOException(call + ": No space left on device (injected by the fault rig)"));
    }

    @Override
    public void write(String name, byte[] content) {
        faults.run("write " + name, FaultyStorage::fullDisk, () -> storage.write(name, content));
    }

    @Override
    public void writeLazily(String name, byte[] content) {
        faults.run(
                "write lazily " + name,
                FaultyStorage::fullDisk,
                () -> storage.writeLazily(name, content));
    }

    @Override
    public Optional<byte[]> read(String name) {
        return storage.read(name);
    }

    @Override
    public void erase(String name) {
        faults.run("erase " + name, FaultyStorage::fullDisk, () -> storage.erase(name));
    }

    @Override
    public List<String> list(String directory) {
        return storage.list(directory);
    }

    @Override
    public void setAside(String name, String reason) {
        storage.setAside(name, reason);
    }
}
