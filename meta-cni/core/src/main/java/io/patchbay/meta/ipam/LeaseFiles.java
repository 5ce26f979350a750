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

        /// Whether it is nobody's: who holds the lock writes a lease before letting go of it, so
        /// that an empty file was left by one who died, or whose machine lost its power. The
        /// reference plugin keeps such an address for ever.
        boolean isTorn() {
            return holder.isEmpty();
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
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
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

    /// In place, for a torn one only makes the next round begin elsewhere.
    private void remember(int set, InetAddress address) throws IOException {
        Disk.overwrite(
                directory.resolve(LAST + set), Cidr.text(address).getBytes(StandardCharsets.UTF_8));
    }

    /// Takes an address; false where somebody has it.
    boolean reserve(int set, InetAddress address, AttachmentId id) throws IOException {
        Path file = file(address);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Optional<Held> held = read(file);
            if (held.isEmpty() || !held.get().isTorn()) {
                return false;
            }
            Files.delete(file);
        }
        try {
            Disk.create(file, content(id).getBytes(StandardCharsets.UTF_8), false);
        } catch (FileAlreadyExistsException e) {
            return false;
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

    /// Frees what an attachment holds, or its container in the older form; and what is torn.
    void release(AttachmentId id) throws IOException {
        List<Held> all = select(held -> true);
        boolean older = all.stream().noneMatch(held -> held.isOf(id));
        for (Held held : all) {
            boolean own = older ? held.isOfContainer(id.containerId()) : held.isOf(id);
            if (own || held.isTorn()) {
                Files.deleteIfExists(held.file);
            }
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
