package io.patchbay.e2e.node;

import io.patchbay.kit.rig.NodeNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The plugin binary of an installed tree, exec'd inside a node.
public final class Shim {
    private final NodeNamespace node;
    private final Path binary;
    private final Map<String, String> places;

    /// @param places PATCHBAY_SOCKET and PATCHBAY_STATE
    public Shim(NodeNamespace node, Path binary, Map<String, String> places) {
        this.node = node;
        this.binary = binary;
        this.places = Map.copyOf(places);
    }

    public Answer call(Call call) {
        ProcessBuilder builder = new ProcessBuilder(node.enter(List.of(binary.toString())));
        builder.environment().putAll(places);
        builder.environment().putAll(call.environment());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            Process process = builder.start();
            feed(process, call.input().getBytes(StandardCharsets.UTF_8));
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the plugin ran", e);
        }
    }

    /// A plugin may end without reading all of its input, or any.
    private static void feed(Process process, byte[] input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            if (input.length == 0) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
