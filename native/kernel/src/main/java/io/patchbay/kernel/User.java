package io.patchbay.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who this process is to the kernel.
public final class User {
    private User() {}

    /// The effective user id; 0 is root. Source: proc(5), the owner of `/proc/self`.
    public static int effective() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
