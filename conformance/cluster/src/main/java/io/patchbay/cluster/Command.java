package io.patchbay.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A command line that ends by itself.
record Command(List<String> line) {
    static Command of(String... line) {
        return new Command(List.of(line));
    }

    /// How it ended, and what it printed on both streams.
    record Said(int status, String output) {}

    /// A status other than 0 is an IllegalStateException with the command's words.
    String run() {
        Said said = attempt();
        if (said.status != 0) {
            throw new IllegalStateException(
                    "%s ended with %d: %s"
                            .formatted(String.join(" ", line), said.status, said.output));
        }
        return said.output;
    }

    Said attempt() {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            return new Said(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + line.getFirst() + " ran", e);
        }
    }
}
