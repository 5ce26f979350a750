package io.patchbay.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A directory of programs that a tool of `tools/` finds, and fills where nobody has yet, which
/// takes minutes.
record Programs(Path directory) {
    static Programs kubernetes(String... programs) {
        return find("tools/kubernetes", programs);
    }

    static Programs containerd() {
        return find("tools/containerd");
    }

    private static Programs find(String name, String... arguments) {
        Path tool = SourceTree.file(name);
        List<String> line = new ArrayList<>(List.of(tool.toString()));
        line.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
