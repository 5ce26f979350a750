package io.patchbay.cloud.fabric;

import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A namespace that plays a node, and the system's own commands in it.
public final class TestNode implements AutoCloseable {
    private static final int PATIENCE = 10_000;

    private final OpenNetns netns = FreshNetns.create();

    /// How a command ended, and what it said.
    public record Said(int status, String output) {}

    public OpenNetns netns() {
        return netns;
    }

    public Said run(String... command) {
        return in(
                "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), netns.descriptor()),
                command);
    }

    public static Said in(String path, String... command) {
        List<String> line = new ArrayList<>(List.of("nsenter", "--net=" + path, "--"));
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether one of several pings is answered: the first may come while a link that was just set
    /// up has no queue yet, for the kernel's linkwatch brings it later.
    public boolean reaches(InetAddress target, String... words) {
        return ping(target, List.of("-c", "1", "-w", "10", "-i", "0.2"), words);
    }

    /// Sends one ping, and waits a second for an answer.
    public boolean reachesAtOnce(InetAddress target, String... words) {
        return ping(target, List.of("-c", "1", "-W", "1"), words);
    }

    private boolean ping(InetAddress target, List<String> patience, String... words) {
        List<String> line = new ArrayList<>(List.of("ping", "-n", "-q"));
        line.addAll(patience);
        line.addAll(List.of(words));
        line.add(Cidr.text(target));
        return run(line.toArray(String[]::new)).status() == 0;
    }

    /// What a TCP server says before it hangs up.
    public String ask(InetAddress server, int port) {
        return netns.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(server, port), PATIENCE);
                socket.setSoTimeout(PATIENCE);
                return new String(
                        socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// What a UDP server answers.
    public String askByDatagram(InetAddress server, int port) {
        return netns.inside(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(PATIENCE);
                socket.connect(new InetSocketAddress(server, port));
                socket.send(new DatagramPacket(new byte[1], 1));
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                socket.receive(answer);
                return new String(
                        answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        netns.close();
    }
}
