package io.patchbay.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A process that holds namespaces of its own. It ends when its input does, so nothing is left
/// behind even if this JVM is killed.
public final class NamespaceHolder implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;

    private NamespaceHolder(Process process) {
        this.process = process;
    }

    /// @param namespaces as unshare(1) takes them
    /// @param setUp shell commands that run inside first; the first that fails ends it
    public static NamespaceHolder unshare(List<String> namespaces, String setUp) {
        List<String> line = new ArrayList<>(List.of("unshare"));
        line.addAll(namespaces);
        line.addAll(List.of("sh", "-ec", setUp + "echo " + READY + "\nexec cat > /dev/null\n"));
        try {
            Process process =
                    new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            var output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            if (!READY.equals(output.readLine())) {
                throw new IllegalStateException(
                        "no namespace could be made: what stopped `%s` is said above"
                                .formatted(String.join(" ", line)));
            }
            return new NamespaceHolder(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// The path of the network namespace, as long as this holds it.
    public String netns() {
        return "/proc/" + process.pid() + "/ns/net";
    }

    /// Lets the namespaces go; the kernel takes them down some time after.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
