package io.patchbay.spi.device;

import io.patchbay.spi.net.KernelException;
import java.util.Optional;

/// The directories that the node shares with pods, in the mount namespace of the node. Safe from
/// any thread; nothing is remembered, every call looks anew. Every failure is a {@link
/// KernelException} that names the place: ENOTDIR where something else than a directory is there,
/// ELOOP where it is a symbolic link.
public interface Directories {
    /// Empty where nothing has the name, ENOENT where there is no directory that it could be in.
    /// What is mounted on it hides it.
    Optional<Directory> find(Place place);

    void apply(DirectoryChange change);
}
