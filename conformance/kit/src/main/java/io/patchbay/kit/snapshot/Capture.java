package io.patchbay.kit.snapshot;

import io.patchbay.spi.net.Netns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// tcpdump(8) on all links of a namespace.
public final class Capture implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Capture(Process process) {
        this.process = process;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// What leaves by a link. It listens when this returns.
    public static Capture outgoing(Netns netns, String filter) throws IOException {
        return start(netns, "-Qout", filter);
    }

    /// What arrives by a link. It listens when this returns.
    public static Capture incoming(Netns netns, String filter) throws IOException {
        return start(netns, "-Qin", filter);
    }

    private static Capture start(Netns netns, String direction, String filter) throws IOException {
        Capture capture =
                new Capture(
                        new ProcessBuilder(
                                        "nsenter",
                                        "--net=" + netns.path(),
                                        "tcpdump",
                                        "-nltq",
                                        "-iany",
                                        direction,
                                        "--immediate-mode",
                                        filter)
                                .redirectErrorStream(true)
                                .start());
        String said = capture.line();
        while (!said.startsWith("listening on")) {
            said = capture.line();
        }
        return capture;
    }

    /// The next line; it waits for one.
    public String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IllegalStateException("tcpdump ended");
        }
        return line;
    }

    /// What else was captured; there is no more.
    public List<String> rest() {
        // Process.destroy would close the stream, too.
        if (!process.toHandle().destroy()) {
            throw new IllegalStateException("tcpdump cannot be ended");
        }
        return lines.lines().filter(line -> line.contains(" > ")).toList();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
