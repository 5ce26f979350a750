package io.patchbay.e2e.userspace;

import io.patchbay.e2e.Await;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The application of a pod: dpdk-testpmd with one port, by its prompt. It ends with its input, and
/// with the thread that starts it.
final class Application implements AutoCloseable {
    static final int FRAMES = 128;

    private static final int BURST = 32;
    private static final int BUFFER = 4096;
    private static final Pattern RECEIVED = Pattern.compile("RX-packets: (\\d+) +RX-missed");

    private final StringBuilder said = new StringBuilder();
    private final Process process;
    private final Writer prompt;

    private Application(Process process) {
        this.process = process;
        this.prompt = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("testpmd").start(this::read);
    }

    /// Starts it and does not wait: a virtio-user server goes on only once somebody connects.
    ///
    /// @param pod runs a command line in the pod
    /// @param port the virtual device, as EAL takes it
    static Application start(Pod pod, String port) {
        List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        line.addAll(
                pod.enter(
                        List.of(
                                "stdbuf",
                                "-oL",
                                "dpdk-testpmd",
                                "--no-huge",
                                "--no-shconf",
                                "--no-telemetry",
                                "--no-pci",
                                "-m",
                                "128",
                                "--lcores",
                                "0@0,1@0",
                                "--file-prefix",
                                pod.name(),
                                "--vdev",
                                port,
                                "--",
                                "-i",
                                "--total-num-mbufs=2048",
                                "--forward-mode=rxonly")));
        try {
            return new Application(new ProcessBuilder(line).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] some = new char[BUFFER];
            for (int n = output.read(some); n >= 0; n = output.read(some)) {
                append(new String(some, 0, n));
            }
        } catch (IOException e) {
            append("its output cannot be read: " + e.getMessage());
        }
    }

    private synchronized void append(String text) {
        said.append(text);
    }

    private synchronized String said() {
        return said.toString();
    }

    /// What a command of the prompt prints, once it has printed the words.
    private String ask(String command, String words) {
        int from = said().length();
        tell(command);
        await(words, () -> said().indexOf(words, from) >= 0);
        return said().substring(from);
    }

    /// Waits for something, and shows what testpmd said where it does not happen.
    private void await(String what, BooleanSupplier happened) {
        try {
            Await.until(what, () -> happened.getAsBoolean() || !process.isAlive());
        } catch (AssertionError late) {
            throw new AssertionError("no %s of testpmd: %s".formatted(what, said()), late);
        }
        if (!happened.getAsBoolean()) {
            throw new IllegalStateException("testpmd ended: " + said());
        }
    }

    private void tell(String command) {
        try {
            prompt.write(command + "\n");
            prompt.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("testpmd ended: " + said(), e);
        }
    }

    /// Waits until it has its port, and what it makes for that, such as a socket.
    String awaitPort() {
        return ask("show port info 0", "Device error handling");
    }

    void awaitLink() {
        await("a link", () -> awaitPort().contains("Link status: up"));
    }

    /// As an application does that finds its peer gone.
    void connectAgain() {
        tell("stop");
        tell("port stop 0");
        tell("port start 0");
        awaitLink();
    }

    void listen() {
        tell("start");
    }

    /// Polls no more. memif unmaps the rings of a peer that died under whoever polls them, so that
    /// a peer is not to die before (rte_eth_memif.c, memif_disconnect: without a lock).
    void rest() {
        ask("stop", "Done.");
    }

    private int received() {
        Matcher counted = RECEIVED.matcher(ask("show port stats 0", "Tx-pps"));
        if (!counted.find()) {
            throw new IllegalStateException("testpmd counts no frames: " + said());
        }
        return Integer.parseInt(counted.group(1));
    }

    /// Sends frames to another one and waits until it has counted all of them.
    void send(Application other) {
        int before = other.received();
        tell("stop");
        tell("start tx_first " + FRAMES / BURST);
        other.await("frames", () -> other.received() >= before + FRAMES);
    }

    /// As SIGKILL ends it.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
