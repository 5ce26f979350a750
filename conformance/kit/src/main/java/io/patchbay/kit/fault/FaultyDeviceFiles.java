package io.patchbay.kit.fault;

import io.patchbay.meta.attach.DeviceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/// Files of device information whose writes pass the {@link Faults}.
public final class FaultyDeviceFiles implements DeviceFiles {
    private final DeviceFiles files;
    private final Faults faults;

    public FaultyDeviceFiles(DeviceFiles files, Faults faults) {
        this.files = files;
        this.faults = faults;
    }

    private static UncheckedIOException fullDisk(String call) {
        String reason = call + ": No space left on device (injected by the fault rig)";
        return new UncheckedIOException(reason, new IOException(reason));
    }

    @Override
    public Optional<byte[]> read(Path file) {
        return files.read(file);
    }

    @Override
    public void write(Path file, byte[] content) {
        faults.run("tell " + file, FaultyDeviceFiles::fullDisk, () -> files.write(file, content));
    }

    @Override
    public void remove(Path file) {
        faults.run("untell " + file, FaultyDeviceFiles::fullDisk, () -> files.remove(file));
    }

    @Override
    public void makeRoom(Path file) {
        faults.run(
                "make room for " + file, FaultyDeviceFiles::fullDisk, () -> files.makeRoom(file));
    }
}
