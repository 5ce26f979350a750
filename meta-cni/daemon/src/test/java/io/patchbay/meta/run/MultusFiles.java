package io.patchbay.meta.run;

import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What Multus leaves on a node: its cache, and the binaries that it called. The binaries are
/// scripts that write down what they are told.
final class MultusFiles {
    private static final String SCRIPT =
            """
            #!/bin/sh
            type=$(basename "$0")
            echo "$CNI_COMMAND $type $CNI_IFNAME" >> %1$s/calls
            env > "%1$s/$type-$CNI_IFNAME.env"
            cat > "%1$s/$type-$CNI_IFNAME.stdin"
            if [ -e "%1$s/$type.fails" ]; then
              echo '{"code": 11, "msg": "the switch is busy"}'
              exit 1
            fi
            """;

    final Path cache;
    private final Path directory;
    private final List<String> delegates = new ArrayList<>();
    private int entries;

    MultusFiles(Path directory) {
        this.directory = directory;
        this.cache = directory.resolve("multus");
        try {
            Files.createDirectories(cache.resolve("results"));
            Files.createDirectories(directory.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void binary(String type) throws IOException {
        Path file = directory.resolve("bin").resolve(type);
        Files.writeString(file, SCRIPT.formatted(directory));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds an element as Multus writes it, with what it parsed of a list, and the exact text.
    MultusFiles delegate(String name, String keys, String config) {
        delegates.add(
                """
                {"Conf":{"cniVersion":"1.0.0","name":"lossy","type":"","ipam":{},"dns":{}},
                 "ConfList":{"cniVersion":"","name":"","plugins":null},"Name":"%s"%s,
                 "Bytes":"%s"}
                """
                        .formatted(name, keys, base64(config)));
        return this;
    }

    MultusFiles element(String json) {
        delegates.add(json);
        return this;
    }

    Path scratch(String container) throws IOException {
        return Files.writeString(cache.resolve(container), "[" + String.join(",", delegates) + "]");
    }

    /// Adds an entry of libcni's, later than those before.
    Path result(String network, String container, String ifName, String config, String result)
            throws IOException {
        Path file =
                Files.writeString(
                        cache.resolve("results")
                                .resolve("%s-%s-%s".formatted(network, container, ifName)),
                        """
                        {"kind":"cniCacheV1","containerId":"%2$s","config":"%4$s","ifName":"%3$s",
                         "networkName":"%1$s","netns":"/run/netns/%2$s",
                         "cniArgs":[["IgnoreUnknown","true"],["K8S_POD_NAME","amf-0"],["MAC","02:00:00:00:00:09"]],
                         "capabilityArgs":{"CNIDeviceInfoFile":"%6$s","mac":"02:00:00:00:00:09","portMappings":[{"hostPort":80,"containerPort":8080,"protocol":"tcp"}]},
                         "result":%5$s}
                        """
                                .formatted(
                                        network,
                                        container,
                                        ifName,
                                        base64(config),
                                        result,
                                        deviceInfo("told", container, ifName)));
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.ofEpochSecond(1_000_000 + entries++)));
        return file;
    }

    /// Where the device of an attachment is described.
    Path deviceInfo(String network, String container, String ifName) {
        return directory
                .resolve("devinfo/cni")
                .resolve("%s-%s_%s".formatted(network, container, ifName));
    }

    /// Writes such a file.
    Path describe(String network, String container, String ifName) throws IOException {
        Path file = deviceInfo(network, container, ifName);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{}");
    }

    void fails(String type, boolean yes) throws IOException {
        Path flag = directory.resolve(type + ".fails");
        Files.deleteIfExists(flag);
        if (yes) {
            Files.createFile(flag);
        }
    }

    /// What was called since it was asked last: `VERB TYPE INTERFACE`.
    List<String> calls() throws IOException {
        Path log = directory.resolve("calls");
        if (Files.notExists(log)) {
            return List.of();
        }
        List<String> calls = Files.readAllLines(log);
        Files.delete(log);
        return calls;
    }

    com.fasterxml.jackson.databind.JsonNode stdin(String type, String ifName) throws IOException {
        return Json.decode(
                "stdin", Files.readString(directory.resolve(type + "-" + ifName + ".stdin")));
    }

    List<String> environment(String type, String ifName) throws IOException {
        return Files.readAllLines(directory.resolve(type + "-" + ifName + ".env"));
    }

    /// Whether nothing is left of a container.
    boolean isForgotten(String container) throws IOException {
        try (var files = Files.walk(cache)) {
            return files.noneMatch(file -> String.valueOf(file.getFileName()).contains(container));
        }
    }
}
