package io.patchbay.kernel.directory;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Directory.Access;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.device.DirectoryChange;
import io.patchbay.spi.device.DirectoryChange.Make;
import io.patchbay.spi.device.DirectoryChange.Mount;
import io.patchbay.spi.device.DirectoryChange.RemoveEmpty;
import io.patchbay.spi.device.DirectoryChange.RemoveTree;
import io.patchbay.spi.device.DirectoryChange.SetAccess;
import io.patchbay.spi.device.DirectoryChange.Unmount;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.net.KernelException;
import java.nio.file.Path;
import java.util.Optional;

/// The directories of the mount namespace that the calling thread is in. Source: mount(2).
public final class KernelDirectories implements Directories {
    private static final int OWNER_ONLY = 0700;
    private static final long MS_BIND = 0x1000;
    private static final int MNT_DETACH = 2;

    @Override
    public Optional<Directory> find(Place place) {
        String operation = "look at directory " + place;
        try (OpenDirectory in = OpenDirectory.open(operation, place.in());
                Name name = Name.of(place.name())) {
            return look(in, name);
        }
    }

    private static Optional<Directory> look(OpenDirectory in, Name name) {
        try (OpenDirectory found = in.child(name)) {
            return Optional.of(found.look());
        } catch (KernelException e) {
            if (e.errno() == KernelException.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static OpenDirectory open(String operation, Place place) {
        try (OpenDirectory in = OpenDirectory.open(operation, place.in());
                Name name = Name.of(place.name())) {
            return in.child(name);
        }
    }

    @Override
    public void apply(DirectoryChange change) {
        switch (change) {
            case Make(Place place) -> make(place);
            case SetAccess(Place place, Access access) -> setAccess(place, access);
            case Mount(Place from, Identity meant, Place onto) -> mount(from, meant, onto);
            case Unmount(Identity mounted, Path below) -> unmount(mounted, below);
            case RemoveEmpty(Place place) -> removeEmpty("remove directory " + place, place);
            case RemoveTree(Place place) -> removeTree(place);
        }
    }

    private static void make(Place place) {
        String operation = "make directory " + place;
        try (OpenDirectory in = OpenDirectory.open(operation, place.in())) {
            Syscalls.call(operation, () -> C.mkdirat(in.descriptor(), place.name(), OWNER_ONLY));
        }
    }

    private static void setAccess(Place place, Access access) {
        String operation = "give directory %s %s".formatted(place, access);
        try (OpenDirectory directory = open(operation, place)) {
            directory.setAccess(access);
        }
    }

    private static void mount(Place from, Identity meant, Place onto) {
        String operation = "mount %s on %s".formatted(from, onto);
        try (OpenDirectory source = open(operation, from);
                OpenDirectory target = open(operation, onto)) {
            if (!source.look().identity().equals(meant)) {
                throw Errno.exception(operation, KernelException.ESTALE);
            }
            if (target.look().mounted()) {
                throw Errno.exception(
                        operation, KernelException.EBUSY, "something is mounted there");
            }
            Syscalls.call(operation, () -> C.mount(source.path(), target.path(), 0, MS_BIND, 0));
        }
    }

    private static void unmount(Identity mounted, Path below) {
        String operation = "unmount what is below " + below;
        for (Path place : MountTable.below(below)) {
            unmount(operation, mounted, place);
        }
    }

    /// What is seen there is what is unmounted, for the descriptor stands for both.
    private static void unmount(String operation, Identity mounted, Path place) {
        try (OpenDirectory found = OpenDirectory.open(operation, place)) {
            Directory there = found.look();
            if (there.mounted() && there.identity().equals(mounted)) {
                Syscalls.call(operation, () -> C.umount2(found.path(), MNT_DETACH));
            }
        } catch (KernelException e) {
            if (!e.isAbsent() && e.errno() != KernelException.ENOTDIR) {
                throw e;
            }
        }
    }

    private static void removeEmpty(String operation, Place place) {
        try (OpenDirectory in = OpenDirectory.open(operation, place.in());
                Name name = Name.of(place.name())) {
            Syscalls.call(
                    operation,
                    () -> C.unlinkat(in.descriptor(), name.address(), Removal.AT_REMOVEDIR));
        }
    }

    private static void removeTree(Place place) {
        String operation = "remove directory " + place;
        try (OpenDirectory in = OpenDirectory.open(operation, place.in());
                Name name = Name.of(place.name());
                OpenDirectory top = in.childOfThisMount(name)) {
            new Removal(operation, top).run();
        }
        removeEmpty(operation, place);
    }
}
