package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network namespace that a process of unshare(1) holds: it ends with the process, and the
/// process with its input, so nothing is left even if this JVM is killed. What is in it is told by
/// ip(8), nft(8) and the like, run there.
final class PrivateNetns implements AutoCloseable {
    private final Process holder;

    private PrivateNetns(Process holder) {
        this.holder = holder;
    }

    static PrivateNetns create() {
        try {
            Process holder =
                    new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var output = new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8);
            assertThat((char) output.read()).isEqualTo('r');
            return new PrivateNetns(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return "/proc/" + holder.pid() + "/ns/net";
    }

    /// The process that holds it, as ip(8) takes it for a namespace.
    long pid() {
        return holder.pid();
    }

    OpenNetns open() {
        return Kernel.ofThisMachine().open(path());
    }

    /// Starts a command in the namespace; its words are split at spaces.
    ProcessBuilder command(String command) {
        return command(List.of(command.split(" ")));
    }

    ProcessBuilder command(List<String> words) {
        List<String> there = new ArrayList<>(List.of("nsenter", "--net=" + path()));
        there.addAll(words);
        return new ProcessBuilder(there);
    }

    /// What a command prints that must succeed.
    String run(String command) {
        try {
            Process process = command(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A link as ip(8) shows it, in JSON.
    String link(String name) {
        return run("ip -j -d link show dev " + name);
    }

    @Override
    public void close() {
        try {
            holder.destroyForcibly().waitFor();
            holder.getOutputStream().close();
            holder.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
