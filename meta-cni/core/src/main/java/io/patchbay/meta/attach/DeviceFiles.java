package io.patchbay.meta.attach;

import java.nio.file.Path;
import java.util.Optional;

/// The files of device information as a port, for a rig to stand in between. Failures are {@link
/// java.io.UncheckedIOException}.
public interface DeviceFiles {
    Optional<byte[]> read(Path file);

    /// Makes or replaces a file at once, with its directory; everybody may read it.
    void write(Path file, byte[] content);

    /// Idempotent.
    void remove(Path file);

    /// Makes the directory of a file that somebody else is to write.
    void makeRoom(Path file);

    static DeviceFiles ofThisMachine() {
        return new DeviceFilesOnDisk();
    }
}
