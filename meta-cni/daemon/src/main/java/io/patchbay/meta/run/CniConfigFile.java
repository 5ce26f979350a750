package io.patchbay.meta.run;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The CNI configuration by which the runtime finds Patchbay. Once it is there it stays, whatever
/// becomes of the daemon: without it pods would start on another network, or DELs get lost.
final class CniConfigFile {
    /// A runtime whose libcni is older than 1.3 reads `cniVersion` alone and knows nothing beyond
    /// 1.0.0; a newer one takes the highest of `cniVersions`.
    private static final String CONTENT =
            """
            {
              "cniVersion": "1.0.0",
              "cniVersions": ["0.3.1", "0.4.0", "1.0.0", "1.1.0"],
              "name": "patchbay",
              "plugins": [
                {
                  "type": "patchbay",
                  "capabilities": {"ips": true, "mac": true, "portMappings": true, "bandwidth": true}
                }
              ]
            }
            """;

    private CniConfigFile() {}

    /// Puts the file there, at once and whole; one that says the same is left alone.
    static void publish(Path directory, String name) {
        Path file = directory.resolve(name);
        try {
            if (isThere(file)) {
                return;
            }
            Files.createDirectories(directory);
            // Runtimes read the files that end in .conf, .conflist or .json.
            Path temporary = directory.resolve("." + name + ".new");
            Files.writeString(temporary, CONTENT);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "the CNI configuration %s cannot be written".formatted(file),
                    e);
        }
    }

    private static boolean isThere(Path file) throws IOException {
        try {
            return Files.readString(file).equals(CONTENT);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
