package io.patchbay.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A server as a process of its own, with its log in a file. It dies with this JVM, whatever ends
/// that: the kernel's parent-death signal belongs to the thread that started the process, so each
/// server has a thread that lives as long as it does.
final class ServerProcess {
    private static final int TAIL = 40;
    private static final int LIMIT_SECONDS = 30;

    private final String name;
    private final Path log;
    private final Process process;

    private ServerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /// @param log is appended to
    static ServerProcess start(String name, List<String> command, Path log) {
        List<String> mortal = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        mortal.addAll(command);
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform().daemon().name(name).start(() -> run(mortal, log.toFile(), started));
        return new ServerProcess(name, log, started.join());
    }

    private static void run(List<String> command, File log, CompletableFuture<Process> started) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                            .start();
            process.getOutputStream().close();
            started.complete(process);
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            started.completeExceptionally(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// SIGKILL, and waits for the end.
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "%s (pid %d) outlives SIGKILL".formatted(name, pid()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        }
    }

    /// What is wrong with it, and the last lines of its log.
    IllegalStateException failure(String what) {
        return new IllegalStateException("%s %s:%n%s".formatted(name, what, tail()));
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
