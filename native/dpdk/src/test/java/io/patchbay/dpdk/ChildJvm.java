package io.patchbay.dpdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM on this one's class path, whose end of input is told by closing it.
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    static ChildJvm start(Class<?> main, List<String> options, List<String> args) {
        return start(command(main, options, args));
    }

    static ChildJvm start(List<String> command) {
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> command(Class<?> main, List<String> options, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path")));
        String library = System.getProperty("patchbay.dpdk.library");
        if (library != null) {
            command.add("-Dpatchbay.dpdk.library=" + library);
        }
        command.addAll(options);
        command.add(main.getName());
        command.addAll(args);
        return command;
    }

    long pid() {
        return process.pid();
    }

    /// The next line that begins so, with what others print before it skipped.
    String line(String beginning) {
        try {
            for (String line; (line = output.readLine()) != null; ) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(
                "The process ended without a line that begins '" + beginning + "'");
    }

    /// SIGKILL, waited for.
    void kill() {
        process.destroyForcibly();
        end();
    }

    int end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("The process " + process + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new InterruptedIOException(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
    }
}
