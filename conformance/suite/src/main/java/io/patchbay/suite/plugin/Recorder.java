package io.patchbay.suite.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.row.Unmet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A plugin of the suite's own, a shell script, which keeps what it is called with and answers as
/// it is told.
///
/// @param directory what goes into CNI_PATH
/// @param type its name
public record Recorder(Path directory, String type) {
    private static final String SCRIPT =
            """
            #!/bin/sh
            all='%1$s'
            here=$all/%2$s
            if ! mkdir "$all/running" 2> /dev/null; then touch "$all/overlap"; fi
            trap 'rmdir "$all/running" 2> /dev/null' EXIT
            call=$all/calls/$(printf %%06d "$(ls "$all/calls" | wc -l)")
            { echo "SUITE_TYPE=%2$s"; env | grep '^CNI_'; echo; cat; } > "$call"
            if [ -e "$here/$CNI_COMMAND.before" ]; then . "$here/$CNI_COMMAND.before"; fi
            if [ -e "$here/$CNI_COMMAND.answer" ]; then cat "$here/$CNI_COMMAND.answer"; fi
            if [ -e "$here/$CNI_COMMAND.status" ]; then exit "$(cat "$here/$CNI_COMMAND.status")"; fi
            """;

    private static final String VERSIONS =
            """
            {"cniVersion": "1.1.0",
             "supportedVersions": ["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"]}
            """;

    /// One call of it.
    ///
    /// @param type whose call it was
    public record Call(
            String type, String command, TreeMap<String, String> environment, ObjectNode input) {
        public String ifName() {
            return environment.getOrDefault(PluginCall.IFNAME, "");
        }
    }

    /// Puts it into a directory, where it may have neighbours.
    public static Recorder install(Path directory, String type) {
        Recorder recorder = new Recorder(directory.resolve("bin"), type);
        try {
            Files.createDirectories(recorder.directory());
            Files.createDirectories(recorder.memory());
            Files.createDirectories(recorder.shared().resolve("calls"));
            Path script = recorder.directory().resolve(type);
            Files.writeString(script, SCRIPT.formatted(recorder.shared(), type));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorder.answer("VERSION", 0, VERSIONS);
    }

    /// What all recorders of a directory have in common: calls in their order, and whether two ran
    /// at once.
    private Path shared() {
        return directory.resolveSibling("recorded");
    }

    private Path memory() {
        return shared().resolve(type);
    }

    /// Whether two recorders of the directory ever ran at once.
    public boolean haveOverlapped() {
        return Files.exists(shared().resolve("overlap"));
    }

    /// What it prints for a command from now on, and how it ends.
    public Recorder answer(String command, int status, String output) {
        write(command + ".answer", output);
        write(command + ".status", Integer.toString(status));
        return this;
    }

    /// Shell commands that it runs before it answers.
    public Recorder before(String command, String script) {
        write(command + ".before", script);
        return this;
    }

    /// An error of a code that no other plugin gives.
    public Recorder refuse(String command, int code) {
        return answer(
                command,
                1,
                "{\"cniVersion\": \"1.0.0\", \"code\": %d, \"msg\": \"refused by the suite\"}"
                        .formatted(code));
    }

    /// What its script kept under a name; empty for nothing.
    public String kept(String name) {
        try {
            Path file = memory().resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(memory().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An IPAM plugin's result.
    public static String addresses(SpecVersion version) {
        String family = version.isBefore(SpecVersion.V1_0_0) ? "\"version\": \"4\", " : "";
        return "{\"cniVersion\": \"%s\", \"ips\": [{%s\"address\": \"10.123.0.2/24\", \"gateway\": \"10.123.0.1\"}]}"
                .formatted(version, family);
    }

    /// All calls so far, but VERSION.
    public List<Call> calls() {
        return allCalls().stream().filter(call -> call.type().equals(type)).toList();
    }

    /// Those of all recorders in the directory.
    public List<Call> allCalls() {
        try (Stream<Path> files = Files.list(shared().resolve("calls"))) {
            return files.sorted()
                    .map(Recorder::read)
                    .filter(call -> !call.command().equals("VERSION"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Call> calls(String command) {
        return calls().stream().filter(call -> call.command().equals(command)).toList();
    }

    /// The first call of a command; without one the check ends.
    public Call first(String command) {
        List<Call> calls = calls(command);
        Unmet.unless(!calls.isEmpty(), "%s was not called for %s".formatted(type, command));
        return calls.getFirst();
    }

    private static Call read(Path file) {
        try {
            String text = Files.readString(file);
            int end = text.indexOf("\n\n");
            TreeMap<String, String> environment = new TreeMap<>();
            for (String line : text.substring(0, end).split("\n", -1)) {
                int equals = line.indexOf('=');
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            }
            String input = text.substring(end + 2);
            return new Call(
                    environment.getOrDefault("SUITE_TYPE", ""),
                    environment.getOrDefault(PluginCall.COMMAND, ""),
                    environment,
                    input.isBlank()
                            ? StrictJson.empty()
                            : StrictJson.object("what a called plugin read", input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
