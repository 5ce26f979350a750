package io.patchbay.spi.device;

import java.nio.file.Path;

/// A change to directories of the node or to where they are mounted, as a value. Source: mount(2),
/// openat2(2).
public sealed interface DirectoryChange {

    /// Makes a directory that its owner alone, this process, may enter. EEXIST where anything is
    /// there.
    record Make(Place place) implements DirectoryChange {}

    /// Sets owner, mode and label of a directory; no label leaves the one it has.
    record SetAccess(Place place, Directory.Access access) implements DirectoryChange {}

    /// Mounts a directory onto another one. Both are looked at first: EBUSY where something is
    /// mounted on the second already, ESTALE where the first is another than the one that is meant.
    record Mount(Place from, Directory.Identity meant, Place onto) implements DirectoryChange {}

    /// Takes every mount of a directory away that is somewhere below a path, under whatever name it
    /// is found there by now. One that is in use stays with who uses it, and is gone from here. No
    /// such mount, and no such path, is no failure.
    record Unmount(Directory.Identity mounted, Path below) implements DirectoryChange {}

    /// Removes an empty directory: ENOTEMPTY where it is not, EBUSY where something is mounted on
    /// it.
    record RemoveEmpty(Place place) implements DirectoryChange {}

    /// Removes a directory with everything in it. No symbolic link is followed, and no mount is
    /// entered: EXDEV where there is one.
    record RemoveTree(Place place) implements DirectoryChange {}
}
