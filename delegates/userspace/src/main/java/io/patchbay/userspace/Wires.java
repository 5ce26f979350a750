package io.patchbay.userspace;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Directory.Access;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.device.DirectoryChange.Make;
import io.patchbay.spi.device.DirectoryChange.Mount;
import io.patchbay.spi.device.DirectoryChange.RemoveEmpty;
import io.patchbay.spi.device.DirectoryChange.RemoveTree;
import io.patchbay.spi.device.DirectoryChange.SetAccess;
import io.patchbay.spi.device.DirectoryChange.Unmount;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.net.KernelException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The directories with the sockets, and their mounts in the volumes of pods.
///
/// @param root where the directories are, a name each
record Wires(Directories directories, Path root) {
    private static final Access EVERYBODY_PASSES = new Access(0755, 0, 0, Optional.empty());

    /// What says of a mount point that it is somebody else's by now: not empty, a file, a link, or
    /// another's mount.
    private static final Set<Integer> FOREIGN =
            Set.of(
                    KernelException.ENOTEMPTY,
                    KernelException.EEXIST,
                    KernelException.ENOTDIR,
                    KernelException.ELOOP,
                    KernelException.EBUSY);

    Place place(String wire) {
        return new Place(root, wire);
    }

    private static Optional<Place> placeOf(Path directory) {
        return Optional.ofNullable(directory.getFileName())
                .map(name ->
                        new Place(Objects.requireNonNull(directory.getParent()), name.toString()));
    }

    /// Refuses by a code where no wire can be made: the directory is none, or cannot be made.
    void refuseUnfit(ErrorCode code) {
        Optional<Place> looked = placeOf(root);
        try {
            while (looked.isPresent() && isMissing(looked.get())) {
                looked = placeOf(looked.get().in());
            }
        } catch (KernelException e) {
            throw new CniException(
                    code,
                    "no directory for a socket can be made in %s: it and all above it must be directories"
                            .formatted(root),
                    e);
        }
    }

    /// Makes the directory as it should be, and those above it; one that is there becomes so.
    Identity make(Member member) {
        placeOf(root)
                .ifPresent(own -> {
                    ensure(own.in());
                    Directory _ = make(own, EVERYBODY_PASSES);
                });
        return make(place(member.wire()), member.access()).identity();
    }

    private void ensure(Path directory) {
        placeOf(directory)
                .filter(this::isMissing)
                .ifPresent(place -> {
                    ensure(place.in());
                    Directory _ = make(place, EVERYBODY_PASSES);
                });
    }

    private boolean isMissing(Place place) {
        try {
            return directories.find(place).isEmpty();
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return true;
            }
            throw e;
        }
    }

    private Directory make(Place place, Access access) {
        Optional<Directory> before = directories.find(place);
        if (before.filter(found -> Wiring.isAs(access, found)).isPresent()) {
            return before.get();
        }
        if (before.isEmpty()) {
            makeUnlessThere(place);
        }
        directories.apply(new SetAccess(place, access));
        return directories
                .find(place)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "directory %s was removed while it was made".formatted(place)));
    }

    private void makeUnlessThere(Place place) {
        try {
            directories.apply(new Make(place));
        } catch (KernelException e) {
            if (!e.exists()) {
                throw e;
            }
        }
    }

    void mount(Member member, Identity directory) {
        member.mountPoint()
                .ifPresent(onto -> {
                    makeUnlessThere(onto);
                    directories.apply(new Mount(place(member.wire()), directory, onto));
                });
    }

    void unmount(Member member) {
        member.mountPoint()
                .ifPresent(onto -> {
                    member.directory()
                            .ifPresent(own -> directories.apply(new Unmount(own, onto.in())));
                    removeMountPoint(onto);
                });
    }

    private void removeMountPoint(Place onto) {
        try {
            directories.apply(new RemoveEmpty(onto));
        } catch (KernelException e) {
            if (!e.isAbsent() && !FOREIGN.contains(e.errno())) {
                throw e;
            }
        }
    }

    void remove(Member member) {
        try {
            directories.apply(new RemoveTree(place(member.wire())));
        } catch (KernelException e) {
            if (e.errno() != KernelException.ENOENT) {
                throw e;
            }
        }
    }

    /// Throws code 100 where directory or mount are other than they were made.
    void check(Member member) {
        Place place = place(member.wire());
        Directory found =
                look(place)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "directory %s of %s should be there, and is not"
                                                .formatted(place, member.owner())));
        requireSame(member, place, found);
        if (!Wiring.isAs(member.access(), found)) {
            throw CniException.changed(
                    "directory %s of %s should have %s, and has %s"
                            .formatted(place, member.owner(), member.access(), found.access()));
        }
        member.mountPoint().ifPresent(onto -> checkMount(member, onto));
    }

    private void checkMount(Member member, Place onto) {
        Directory mounted =
                look(onto)
                        .filter(Directory::mounted)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "directory %s of %s should be mounted on %s, and is not"
                                                .formatted(
                                                        place(member.wire()),
                                                        member.owner(),
                                                        onto)));
        requireSame(member, onto, mounted);
    }

    private static void requireSame(Member member, Place place, Directory found) {
        if (!member.directory().equals(Optional.of(found.identity()))) {
            throw CniException.changed(
                    "directory %s of %s is another one than ADD made"
                            .formatted(place, member.owner()));
        }
    }

    /// What is no directory is none.
    private Optional<Directory> look(Place place) {
        try {
            return directories.find(place);
        } catch (KernelException e) {
            if (e.isAbsent() || FOREIGN.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
