package io.patchbay.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The directory of Kubernetes' programs. `tools/kubernetes` finds it, and fills it where nobody
/// has yet, which takes minutes.
record Programs(Path directory) {
    static Programs find() {
        Path tool = SourceTree.file("tools/kubernetes");
        try {
            Process process =
                    new ProcessBuilder(tool.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " failed: see what it said");
            }
            return new Programs(Path.of(said.strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + tool + " ran", e);
        }
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }
}
