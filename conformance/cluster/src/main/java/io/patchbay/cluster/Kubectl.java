package io.patchbay.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// kubectl, as one user, beside the API server.
///
/// @param kubeconfig says where the API server is, and bears the user's token
public record Kubectl(Place place, Path program, Path kubeconfig) {
    /// No request outlasts it, even if nobody answers.
    private static final String LIMIT = "--request-timeout=60s";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE = 20_000_000;

    /// How a command ended, and what it printed on either stream.
    public record Said(int status, String output, String errors) {}

    /// What the command prints; a status other than 0 is an IllegalStateException with its words.
    public String run(String... arguments) {
        Said said = attempt(arguments);
        if (said.status() != 0) {
            throw new IllegalStateException(
                    "kubectl %s ended with %d: %s"
                            .formatted(String.join(" ", arguments), said.status(), said.errors()));
        }
        return said.output();
    }

    public Said attempt(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--cache-dir=" + kubeconfig.resolveSibling("kubectl"),
                                LIMIT));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(place.enter().apply(command)).start();
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String output = text(process.getInputStream());
            return new Said(process.waitFor(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    /// Runs it until it succeeds, for what the API server learns a moment after it was told, such
    /// as a role's binding.
    public String await(String... arguments) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (attempt(arguments).status() != 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE);
        }
        return run(arguments);
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
