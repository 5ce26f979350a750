package io.patchbay.examples.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process whose lines, of both streams, are kept; closing it kills it.
final class Child implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /// An example, as `run` runs it.
    static Child example(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return of(command);
    }

    /// What `run` runs, without its arguments.
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    static Child of(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Where DPDK keeps its locks and sockets, else below /run, where they would stay.
        builder.environment()
                .put("RUNTIME_DIRECTORY", Files.createDirectories(Path.of("target/dpdk")) + "");
        return new Child(builder.start());
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

    long pid() {
        return process.pid();
    }

    /// The first line that the pattern is found in, once there is one.
    Matcher await(String pattern) throws InterruptedException {
        return await(Pattern.compile(pattern), matcher -> true);
    }

    /// The first one that is wanted too.
    synchronized Matcher await(Pattern pattern, Predicate<Matcher> wanted)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        for (int i = 0; ; i++) {
            while (i == lines.size()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
                    throw new AssertionError("No line with " + pattern + " came:\n" + output());
                }
                wait(Math.min(left, 200));
            }
            Matcher matcher = pattern.matcher(lines.get(i));
            if (matcher.find() && wanted.test(matcher)) {
                return matcher;
            }
        }
    }

    /// As a pod's runtime or `kill` does.
    Child terminate() {
        process.toHandle().destroy(); // which leaves its streams open
        return this;
    }

    /// Its status and all that it said, once it has ended.
    Child awaitEnd(int status) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)).as(output()).isTrue();
        reader.join();
        assertThat(process.exitValue()).as(output()).isEqualTo(status);
        return this;
    }

    synchronized String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
