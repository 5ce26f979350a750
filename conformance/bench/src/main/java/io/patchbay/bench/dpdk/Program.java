package io.patchbay.bench.dpdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process with its standard input held open, whose lines are kept; closing it kills it.
final class Program implements AutoCloseable {
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    static Program start(List<String> command, Path runtimeDirectory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Where DPDK keeps its locks, else below /run, where they would stay.
        builder.environment().put("RUNTIME_DIRECTORY", runtimeDirectory.toString());
        return new Program(builder.start());
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("not read to the end: " + e);
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /// Waits for a line with the text.
    synchronized void await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (lines.stream().noneMatch(line -> line.contains(text))) {
            if (System.nanoTime() > end || (!process.isAlive() && !reader.isAlive())) {
                throw new IllegalStateException(
                        "'" + text + "' was not said by a program that said:\n" + output());
            }
            wait(100);
        }
    }

    /// Says a line to it.
    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// All that it said, once it has ended, which it does in about so many seconds.
    String end(int seconds) throws InterruptedException {
        if (!process.waitFor(60 + seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A program does not end that said:\n" + output());
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "A program ended with " + process.exitValue() + " and said:\n" + output());
        }
        return output();
    }

    private synchronized String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
