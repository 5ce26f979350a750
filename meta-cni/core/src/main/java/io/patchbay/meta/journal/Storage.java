package io.patchbay.meta.journal;

import java.util.List;
import java.util.Optional;

/// The state directory as a port: small files by a path such as `sandboxes/abc` or
/// `notes/vpc/eni/key`, whose parts are made with {@link FileName}. Every durable write of the
/// process passes here, so that the fault rig can count and fail it. Failures are {@link
/// java.io.UncheckedIOException}.
public interface Storage {
    /// Durable when it returns: a temporary file, fsync, rename, fsync of the directory.
    void write(String name, byte[] content);

    /// Atomic, but lost or torn if the machine's power fails soon after.
    void writeLazily(String name, byte[] content);

    Optional<byte[]> read(String name);

    /// Idempotent; a crash of the machine may bring the file back.
    void erase(String name);

    /// The names in a directory, in their order, with the directory in front; empty where there is
    /// none. Temporary files are not listed.
    List<String> list(String directory);

    /// Moves a file that cannot be read out of the way, into `set-aside/`, and logs why.
    void setAside(String name, String reason);
}
