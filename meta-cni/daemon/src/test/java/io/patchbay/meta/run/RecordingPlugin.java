package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A CNI binary that writes down what it is called with. Several of them in one directory share
/// their list of calls.
///
/// @param type its file name
record RecordingPlugin(Path directory, String type) {
    private static final String SCRIPT =
            """
            #!/bin/sh
            me=$0
            call=$CNI_COMMAND.$CNI_IFNAME
            env | grep '^CNI_' > "$me.$call.env"
            cat > "$me.$call.stdin"
            echo "$CNI_COMMAND ${CNI_IFNAME:--} ${me##*/}" >> "${me%/*}/calls"
            [ ! -e "$me.$CNI_COMMAND.complains" ] || cat "$me.$CNI_COMMAND.complains" >&2
            if [ -e "$me.$CNI_COMMAND.fails" ]; then
                cat "$me.$CNI_COMMAND.fails"
                exit 1
            fi
            [ "$CNI_COMMAND" != ADD ] || cat "$me.result"
            """;

    static RecordingPlugin install(Path directory, String type) {
        RecordingPlugin plugin = new RecordingPlugin(directory, type);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(type), SCRIPT);
            Files.setPosixFilePermissions(
                    directory.resolve(type), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return plugin.returning("{\"cniVersion\": \"1.0.0\"}");
    }

    RecordingPlugin returning(String result) {
        write("result", result);
        return this;
    }

    /// Has a verb answer with an error from now on.
    void fail(String verb, int code, String message) {
        write(
                verb + ".fails",
                "{\"cniVersion\": \"1.0.0\", \"code\": %d, \"msg\": \"%s\"}"
                        .formatted(code, message));
    }

    /// Has a verb write something to stderr from now on.
    void complain(String verb, String text) {
        write(verb + ".complains", text);
    }

    private void write(String suffix, String text) {
        try {
            Files.writeString(directory.resolve(type + "." + suffix), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `VERB INTERFACE TYPE` of every call in the directory, in their order.
    List<String> calls() {
        return Files.exists(directory.resolve("calls"))
                ? read("calls").lines().toList()
                : List.of();
    }

    /// What the last such call got on stdin.
    JsonNode stdin(String verb, String ifName) {
        return Json.decode("stdin", read("%s.%s.%s.stdin".formatted(type, verb, ifName)));
    }

    /// The CNI variables of the last such call.
    Map<String, String> environment(String verb, String ifName) {
        return read("%s.%s.%s.env".formatted(type, verb, ifName))
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
