package io.patchbay.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/// The checkout that this runs from.
final class SourceTree {
    private SourceTree() {}

    /// A file of it, by its path from the top.
    static Path file(String path) {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here.resolve(path))) {
                return here.resolve(path);
            }
        }
        throw new IllegalStateException("run this inside the source tree: there is no " + path);
    }
}
