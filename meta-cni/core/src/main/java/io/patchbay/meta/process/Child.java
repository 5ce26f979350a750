package io.patchbay.meta.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that is fed, watched and, where it must be, killed with all that it started. Nobody
/// ever blocks in a read: a grandchild that keeps a pipe open would hold the reader for its life.
public final class Child {
    /// In bytes.
    public static final int MOST_OUTPUT = 4 << 20;

    private static final int MOST_COMPLAINT = 4 << 10;
    private static final int POLL_MILLIS = 5;
    private static final int START_ATTEMPTS = 6;
    private static final int FIRST_PAUSE_MILLIS = 20;

    private final CallMark mark;
    private final Process process;
    private final Output output;
    private final Output complaint;

    /// How it came to its end.
    public sealed interface Ending {}

    /// @param status 128 and the signal's number for one that was ended by a signal
    /// @param complaint the last of what it wrote to stderr
    public record Exited(int status, String output, String complaint) implements Ending {}

    public record Killed(Reason reason, String complaint) implements Ending {}

    public enum Reason {
        OVERDUE,
        INTERRUPTED,
        FLOODED,
        UNSTARTABLE
    }

    private Child(CallMark mark, Process process) {
        this.mark = mark;
        this.process = process;
        this.output = Output.head(process.getInputStream(), MOST_OUTPUT);
        this.complaint = Output.tail(process.getErrorStream(), MOST_COMPLAINT);
    }

    /// Runs a program to its end. An interrupt kills it, and stays set. What a program that came to
    /// its end leaves running goes on.
    ///
    /// @param command the program's path and its arguments
    /// @param environment all that it sees, but for the variable PATCHBAY_CALL, by which all that
    ///   it starts is found where it must be killed
    public static Ending run(
            List<String> command, Map<String, String> environment, byte[] input, Duration limit) {
        try {
            CallMark mark = CallMark.next();
            Child child = new Child(mark, start(command, environment, mark));
            child.feed(input);
            return child.watch(System.nanoTime() + limit.toNanos());
        } catch (IOException e) {
            return new Killed(Reason.UNSTARTABLE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Killed(Reason.INTERRUPTED, "");
        }
    }

    /// A binary that is being replaced is "text file busy" (ETXTBSY, execve(2)) while its writer
    /// has it open. Java tells no error numbers, so any program that can be executed and yet does
    /// not start is tried again.
    private static Process start(
            List<String> command, Map<String, String> environment, CallMark mark)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(CallMark.KEY, mark.text());
        int pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (attempt == START_ATTEMPTS || !Files.isExecutable(Path.of(command.getFirst()))) {
                    throw e;
                }
                Thread.sleep(pause);
                pause *= 2;
            }
        }
    }

    /// On a thread of its own, for what does not fit into the pipe waits until it is read. It ends
    /// with the process, whose end breaks the pipe.
    private void feed(byte[] input) {
        Thread.ofPlatform()
                .daemon()
                .name("stdin of " + process.pid())
                .start(() -> {
                    try (OutputStream stdin = process.getOutputStream()) {
                        stdin.write(input);
                    } catch (IOException e) {
                        // Whoever does not read its input says so by its status.
                    }
                });
    }

    private Ending watch(long end) throws IOException {
        try {
            boolean exited = false;
            while (!exited) {
                exited = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                output.drain();
                complaint.drain();
                if (output.isFlooded()) {
                    return kill(Reason.FLOODED);
                }
                if (!exited && System.nanoTime() - end >= 0) {
                    return kill(Reason.OVERDUE);
                }
            }
            return new Exited(process.exitValue(), output.text(), complaint.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return kill(Reason.INTERRUPTED);
        } finally {
            close();
        }
    }

    private Ending kill(Reason reason) {
        // Listed before its death: of an orphan that lost its mark nobody can tell whose it was.
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        Killing.of(mark);
        return new Killed(reason, complaint.text());
    }

    private void close() throws IOException {
        process.getInputStream().close();
        process.getErrorStream().close();
    }
}
