package io.patchbay.kit.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Commands of the operating system that tell what is so, run inside a namespace. None of it is our
/// own code.
public final class Witness {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Where nft(8) is, and where a user's path does not lead.
    private static final String SYSTEM = "/usr/sbin:/sbin";

    private final List<String> enter;

    private Witness(List<String> enter) {
        this.enter = enter;
    }

    /// @param netns a path that stands for a network namespace, such as `/proc/1/ns/net`
    public static Witness in(String netns) {
        return new Witness(List.of("nsenter", "--net=" + netns, "--"));
    }

    /// In the namespaces of the process itself.
    public static Witness here() {
        return new Witness(List.of());
    }

    /// How a command ended, and what it printed on both streams.
    public record Said(int status, String output) {}

    /// What the command prints; a status other than 0 is an IllegalStateException with its words.
    public String run(String... command) {
        Said said = attempt(command);
        if (said.status() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command)
                            + " ended with "
                            + said.status()
                            + ": "
                            + said.output());
        }
        return said.output();
    }

    /// What the command prints as JSON; nothing counts as an empty list, as `ip` means it.
    public JsonNode json(String... command) {
        return parse(run(command));
    }

    /// As {@link #json(String...)} for several commands of the shell, by one process of ours. A
    /// command may print several documents, a line each.
    public List<JsonNode> json(List<String> commands) {
        String script = String.join("\n", commands);
        return run("sh", "-ec", script).lines().map(Witness::parse).toList();
    }

    private static JsonNode parse(String output) {
        try {
            return JSON.readTree(output.isBlank() ? "[]" : output);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON came from a witness: " + output, e);
        }
    }

    public Said attempt(String... command) {
        List<String> line = new ArrayList<>(enter);
        line.addAll(List.of(command));
        try {
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
            builder.environment().merge("PATH", SYSTEM, (path, system) -> path + ":" + system);
            Process process = builder.start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + line + " ran", e);
        }
    }
}
