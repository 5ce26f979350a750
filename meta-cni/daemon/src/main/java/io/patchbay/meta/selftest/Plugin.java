package io.patchbay.meta.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The plugin binary, called as a runtime calls it.
///
/// @param environment of every call: where the daemon is, and CNI_PATH
public record Plugin(Path binary, Map<String, String> environment) {
    public Plugin {
        environment = Map.copyOf(environment);
    }

    /// Our own configuration as a runtime passes it on; the caller may add to it.
    static ObjectNode configuration() {
        return Json.object()
                .put("cniVersion", CniVersion.NEWEST.toString())
                .put("name", "patchbay")
                .put("type", "patchbay");
    }

    Process start(Map<String, String> call) {
        ProcessBuilder builder = new ProcessBuilder(binary.toString());
        builder.environment().putAll(environment);
        builder.environment().putAll(call);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer finish(Process process, ObjectNode configuration) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(Json.text(configuration).getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It ended before it had read all; how it ended says more.
        }
        try (var stdout = process.getInputStream()) {
            String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the plugin ran", e);
        }
    }

    Answer call(Map<String, String> call, ObjectNode configuration) {
        return finish(start(call), configuration);
    }

    /// What it says of itself: `patchbay VERSION: …`.
    String usage() {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version").start();
            return finish(process, Json.object()).output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
