package io.patchbay.meta.kube;

import io.patchbay.meta.journal.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A bearer token in a file. The kubelet renews it long before it expires, so that what was read a
/// minute ago is good still. Source: KEP-1205, "Bound Service Account Tokens".
final class TokenFile {
    private static final Duration TRUSTED = Duration.ofMinutes(1);

    private final Path file;
    private final InstantSource clock;
    private String token = "";
    private Instant read = Instant.MIN;

    TokenFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    synchronized String get() {
        Instant now = clock.instant();
        if (token.isEmpty() || now.isAfter(read.plus(TRUSTED))) {
            token = readFile();
            read = now;
        }
        return token;
    }

    /// Says that the server no longer takes a token: the file is read again for the next.
    synchronized void refused(String old) {
        if (old.equals(token)) {
            token = "";
        }
    }

    private String readFile() {
        try {
            return new String(Disk.read(file), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new ApiFailure(
                    "the token %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
