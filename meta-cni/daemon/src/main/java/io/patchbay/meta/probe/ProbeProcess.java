package io.patchbay.meta.probe;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.spi.device.PciAddress;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A probe in a process of its own, so that a driver's crash or hang is told and harms nobody. It
/// is killed when its time is over.
///
/// @param command of the process, which ends by printing a {@link Verdict}
/// @param patience for the whole of it
record ProbeProcess(List<String> command, Duration patience) {
    /// From 128 on a status tells the signal.
    private static final int SIGNALS = 128;

    static ProbeProcess vfio(PciAddress address) {
        return of(ProbeMain.VFIO, address.value());
    }

    static ProbeProcess vhostUser(Path socket) {
        return of(ProbeMain.VHOST_USER, socket.toString());
    }

    private static ProbeProcess of(String kind, String what) {
        return new ProbeProcess(java(kind, what), ProbeMain.PATIENCE);
    }

    /// The Java of this process with its class path. It leaves no file where it crashes.
    private static List<String> java(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-XX:-UsePerfData",
                        "-XX:+SuppressFatalErrorMessage",
                        "-XX:-CreateCoredumpOnCrash",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        Optional.ofNullable(System.getProperty("jffi.boot.library.path"))
                .ifPresent(path -> line.add("-Djffi.boot.library.path=" + path));
        line.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        line.add(ProbeMain.class.getName());
        line.addAll(List.of(arguments));
        return line;
    }

    /// The child runs in another directory.
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    Finding find() {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(new File("/"))
                            .redirectInput(new File("/dev/null"))
                            .start();
            try {
                return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                        ? verdict(process)
                        : Finding.unusable(
                                "its probe did not end within %d s, and was killed"
                                        .formatted(patience.toSeconds()));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the probe", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.unusable("its probe was interrupted");
        }
    }

    private static Finding verdict(Process process) throws IOException {
        String said = text(process.getInputStream());
        int status = process.exitValue();
        return Verdict.read(said)
                .filter(found -> status == Verdict.status(found))
                .orElseGet(() -> crash(status, lastLine(process)));
    }

    private static Finding crash(int status, String lastLine) {
        String end =
                status > SIGNALS
                        ? "was ended by signal " + (status - SIGNALS)
                        : "ended with status " + status;
        return Finding.unusable(
                "its probe %s%s".formatted(end, lastLine.isEmpty() ? "" : ": " + lastLine));
    }

    private static String lastLine(Process process) {
        try {
            return text(process.getErrorStream()).lines().reduce("", (_, line) -> line);
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
