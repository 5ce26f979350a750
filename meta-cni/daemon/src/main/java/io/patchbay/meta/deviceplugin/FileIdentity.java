package io.patchbay.meta.deviceplugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Tells a file from another one at the same place, even where that has got its inode.
final class FileIdentity {
    private FileIdentity() {}

    static Optional<String> find(Path file) throws IOException {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(file, "unix:dev,ino,ctime", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    "%s:%s@%s"
                            .formatted(
                                    attributes.get("dev"),
                                    attributes.get("ino"),
                                    attributes.get("ctime")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
