package io.patchbay.meta.translation;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that is translated.
public final class Source {
    private Source() {}

    /// Its text, in UTF-8; code 5 where it cannot be read.
    public static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new CniException(Standard.IO_FAILURE, "there is no %s".formatted(file));
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE, "%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }
}
