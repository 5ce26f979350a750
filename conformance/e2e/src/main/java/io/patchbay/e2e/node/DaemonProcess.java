package io.patchbay.e2e.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A daemon as a process of its own, with its log.
public final class DaemonProcess implements AutoCloseable {
    /// What the daemon logs once it takes requests.
    private static final String READY = "ready";

    private static final Collection<DaemonProcess> STARTED = new ConcurrentLinkedQueue<>();

    private final String command;
    private final Process process;
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Thread reader;

    private DaemonProcess(String command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("daemon log").start(this::read);
    }

    /// Starts it; {@link #awaitReady} is for when it must take requests. It dies with the thread
    /// that starts it, so that nothing outlives a test that is killed.
    public static DaemonProcess start(List<String> command, Map<String, String> environment) {
        List<String> mortal = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        mortal.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(mortal).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            DaemonProcess daemon = new DaemonProcess(String.join(" ", command), builder.start());
            STARTED.add(daemon);
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that were started since those that had ended were forgotten.
    public static List<DaemonProcess> started() {
        return List.copyOf(STARTED);
    }

    public static void forgetEnded() {
        STARTED.removeIf(daemon -> !daemon.isAlive());
    }

    private void read() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                String said = line;
                awaited.forEach((words, future) -> completeIf(said.contains(words), future, said));
            }
        } catch (IOException e) {
            log.add("the log cannot be read: " + e.getMessage());
        }
        ended.complete("");
    }

    private static void completeIf(boolean found, CompletableFuture<String> future, String line) {
        if (found) {
            future.complete(line);
        }
    }

    /// Waits until requests are taken; a daemon that ends before is an IllegalStateException with
    /// its log.
    public DaemonProcess awaitReady() {
        return awaitLine(READY);
    }

    /// Waits until a line with these words was logged.
    public DaemonProcess awaitLine(String words) {
        CompletableFuture<String> said =
                awaited.computeIfAbsent(words, key -> new CompletableFuture<>());
        log.stream().filter(line -> line.contains(words)).findFirst().ifPresent(said::complete);
        try {
            CompletableFuture.anyOf(said, ended).orTimeout(5, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "\"%s\" was not logged:%n%s".formatted(words, log()), e);
        }
        if (!said.isDone()) {
            throw new IllegalStateException("the daemon ended:\n" + log());
        }
        return this;
    }

    /// Writes a line to its input.
    public DaemonProcess tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the daemon cannot be told: " + tail(20), e);
        }
    }

    public String log() {
        return String.join("\n", log);
    }

    /// The end of the log, below a line that names the process.
    public String tail(int lines) {
        List<String> all = List.copyOf(log);
        int first = Math.max(0, all.size() - lines);
        String end = isAlive() ? "runs" : "ended with " + process.exitValue();
        return "%s, pid %d, %s; line %d and on of %d:%n%s"
                .formatted(
                        command,
                        pid(),
                        end,
                        first + 1,
                        all.size(),
                        String.join("\n", all.subList(first, all.size())));
    }

    /// The daemon itself: the launcher execs it, and so does nsenter.
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL.
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// SIGTERM, and then its exit status.
    public int stop() {
        process.destroy();
        return await();
    }

    /// Waits for an end that somebody else brings about.
    public int await() {
        try {
            int status = process.waitFor();
            reader.join();
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the daemon ended", e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            stop();
        }
    }
}
