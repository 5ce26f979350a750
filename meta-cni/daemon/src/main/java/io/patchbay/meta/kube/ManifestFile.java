package io.patchbay.meta.kube;

import io.patchbay.meta.journal.Disk;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/// One version of a file, and what it holds.
record ManifestFile(Path path, Stamp stamp, Manifest manifest) {
    private static final Logger LOG = System.getLogger(ManifestFile.class.getName());

    /// What tells one version of a file from another.
    record Stamp(FileTime changed, long size, String inode) {
        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    String.valueOf(attributes.fileKey()));
        }
    }

    /// Empty when the file has gone. One that cannot be read is a problem, and holds nothing.
    static Optional<ManifestFile> read(Path path) {
        try {
            // Before the content: a write in between makes it stale, not unseen.
            Stamp stamp = Stamp.of(path);
            return Optional.of(new ManifestFile(path, stamp, manifest(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be read: {1}", path, e.getMessage());
            return Optional.empty();
        }
    }

    private static Manifest manifest(Path path) throws IOException {
        byte[] content = Disk.read(path);
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            Manifest manifest = ManifestReader.read(path.toString(), text);
            for (String kind : manifest.ignored()) {
                LOG.log(Level.DEBUG, "{0}: {1} means nothing here", path, kind);
            }
            return manifest;
        } catch (CharacterCodingException e) {
            Problem problem = new Problem(path.toString(), 1, "the file is no UTF-8");
            return Manifest.of(problem);
        }
    }

    boolean isFresh() {
        try {
            return Stamp.of(path).equals(stamp);
        } catch (IOException e) {
            return false;
        }
    }
}
