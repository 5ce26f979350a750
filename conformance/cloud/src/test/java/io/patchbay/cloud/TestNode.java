package io.patchbay.cloud;

import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A namespace that plays a node, and the system's own commands in it.
final class TestNode implements AutoCloseable {
    private final OpenNetns netns = FreshNetns.create();

    /// How a command ended, and what it said.
    record Said(int status, String output) {}

    OpenNetns netns() {
        return netns;
    }

    Said run(String... command) {
        return in(
                "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), netns.descriptor()),
                command);
    }

    static Said in(String path, String... command) {
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
    boolean reaches(InetAddress target, String... words) {
        return ping(target, List.of("-c", "1", "-w", "10", "-i", "0.2"), words);
    }

    /// Sends one ping, and waits a second for an answer.
    boolean reachesAtOnce(InetAddress target, String... words) {
        return ping(target, List.of("-c", "1", "-W", "1"), words);
    }

    private boolean ping(InetAddress target, List<String> patience, String... words) {
        List<String> line = new ArrayList<>(List.of("ping", "-n", "-q"));
        line.addAll(patience);
        line.addAll(List.of(words));
        line.add(Cidr.text(target));
        return run(line.toArray(String[]::new)).status() == 0;
    }

    @Override
    public void close() {
        netns.close();
    }
}
