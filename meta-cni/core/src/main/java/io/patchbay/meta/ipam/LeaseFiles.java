package io.patchbay.meta.ipam;

import io.patchbay.kernel.Flock;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The leases of one network as the reference plugin keeps them: a file for each address, named by
/// it, holding `CONTAINER\r\nINTERFACE`; the last address of each set of ranges in
/// `last_reserved_ip.SET`; and `lock`, under flock(2) while this is open. Source:
/// containernetworking/plugins, plugins/ipam/host-local/backend/disk.
final class LeaseFiles implements AutoCloseable {
    private static final String LAST = "last_reserved_ip.";
    private static final String TEMPORARY = ".new-";

    private final Path directory;
    private final Flock lock;

    private LeaseFiles(Path directory, Flock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// A lease on disk.
    ///
    /// @param holder the content without white space around it; empty for a torn one
    record Held(InetAddress address, Path file, String holder) {
        boolean isOf(AttachmentId id) {
            return holder.equals(content(id));
        }

        /// Whether it is an attachment's, in whatever form.
        boolean mayBeOf(AttachmentId id) {
            return isOf(id) || isOfContainer(id.containerId());
        }

        /// Whether it is a container's as the plugin wrote it before it knew interfaces.
        boolean isOfContainer(String containerId) {
            return holder.equals(containerId);
        }
    }

    private static String content(AttachmentId id) {
        return id.containerId() + "\r\n" + id.ifName();
    }

    static LeaseFiles lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new LeaseFiles(directory, Flock.lock(directory.resolve("lock")));
    }

    @Override
    public void close() {
        lock.close();
    }

    Optional<InetAddress> last(int set) {
        try {
            byte[] content = Disk.read(directory.resolve(LAST + set));
            return parse(new String(content, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            // Without it the round begins anew.
            return Optional.empty();
        }
    }

    private void remember(int set, InetAddress address) throws IOException {
        Path file = directory.resolve(LAST + set);
        Path temporary = directory.resolve(TEMPORARY + LAST + set);
        Files.deleteIfExists(temporary);
        Disk.create(temporary, Cidr.text(address).getBytes(StandardCharsets.UTF_8), false);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Takes an address; false where somebody has it. The file appears whole or not at all, and is
    /// on the disk before it appears.
    boolean reserve(int set, InetAddress address, AttachmentId id) throws IOException {
        Path file = file(address);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path temporary = directory.resolve(TEMPORARY + Cidr.text(address));
        Files.deleteIfExists(temporary);
        Disk.create(temporary, content(id).getBytes(StandardCharsets.UTF_8), true);
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
        remember(set, address);
        return true;
    }

    void free(InetAddress address) throws IOException {
        Files.deleteIfExists(file(address));
    }

    List<Held> heldBy(AttachmentId id) throws IOException {
        return select(held -> held.isOf(id));
    }

    /// Frees what an attachment holds, or its container in the older form.
    void release(AttachmentId id) throws IOException {
        List<Held> own = heldBy(id);
        List<Held> released =
                own.isEmpty() ? select(held -> held.isOfContainer(id.containerId())) : own;
        for (Held held : released) {
            Files.deleteIfExists(held.file);
        }
    }

    List<Held> select(Predicate<Held> wanted) throws IOException {
        List<Held> selected = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                read(file).filter(wanted).ifPresent(selected::add);
            }
        }
        return selected;
    }

    private static Optional<Held> read(Path file) throws IOException {
        Optional<InetAddress> address = parse(String.valueOf(file.getFileName()));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            String content = new String(Disk.read(file), StandardCharsets.UTF_8).strip();
            return Optional.of(new Held(address.get(), file, content));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// How many addresses are leased; it needs no lock.
    static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> parse(String.valueOf(file.getFileName())).isPresent())
                    .count();
        }
    }

    private Path file(InetAddress address) {
        return directory.resolve(Cidr.text(address));
    }

    private static Optional<InetAddress> parse(String text) {
        try {
            return Optional.of(Cidr.address(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
