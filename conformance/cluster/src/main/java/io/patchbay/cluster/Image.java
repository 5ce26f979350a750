package io.patchbay.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The one container image of a node, made of Debian's static busybox, so that no registry is
/// needed. It runs until it is terminated, which serves a pod's sandbox as well. Source: OCI image
/// specification 1.1, image-layout.md.
final class Image {
    static final String BUSYBOX = "localhost/busybox:1";
    static final String PAUSE = "localhost/pause:1";

    private static final Path PROGRAM = Path.of("/bin/busybox");
    private static final String OCI = "application/vnd.oci.image.";
    private static final String WAIT =
            "trap 'exit 0' TERM INT; while :; do sleep 3600 & wait $!; done";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path layout;

    private Image(Path layout) {
        this.layout = layout;
    }

    /// Writes it as a tar file that containerd imports, under both names.
    static Path write(Scratch directory) {
        try {
            Image image = new Image(Files.createDirectory(directory.file("image")));
            image.layOut(image.layer(directory.file("rootfs")));
            return tar(image.layout, directory.file("image.tar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path tar(Path tree, Path file) {
        Command.of(
                        "tar",
                        "-C",
                        tree.toString(),
                        "--owner=0",
                        "--group=0",
                        "-cf",
                        file.toString(),
                        ".")
                .run();
        return file;
    }

    private Path layer(Path root) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(
                    "there is no %s for the container image: install busybox-static"
                            .formatted(PROGRAM));
        }
        for (String name : List.of("bin", "etc", "proc", "sys", "dev", "tmp", "root", "run")) {
            Files.createDirectories(root.resolve(name));
        }
        Path busybox = Path.of("busybox");
        Files.copy(PROGRAM, root.resolve("bin").resolve(busybox));
        List<String> applets = Command.of(PROGRAM.toString(), "--list").run().lines().toList();
        for (String applet : applets) {
            if (!applet.equals(busybox.toString())) {
                Files.createSymbolicLink(root.resolve("bin").resolve(applet), busybox);
            }
        }
        return tar(root, layout.resolve("layer"));
    }

    private void layOut(Path layer) throws IOException {
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Map<String, Object> content = blob("layer.v1.tar", Files.readAllBytes(layer));
        Files.delete(layer);
        Map<String, Object> config =
                blob(
                        "config.v1+json",
                        json(
                                Map.of(
                                        "architecture",
                                        architecture(),
                                        "os",
                                        "linux",
                                        "config",
                                        Map.of(
                                                "Env", List.of("PATH=/bin"),
                                                "Cmd", List.of("/bin/sh", "-c", WAIT)),
                                        "rootfs",
                                        Map.of(
                                                "type",
                                                "layers",
                                                "diff_ids",
                                                List.of(
                                                        Objects.requireNonNull(
                                                                content.get("digest")))))));
        Map<String, Object> manifest =
                blob(
                        "manifest.v1+json",
                        json(
                                Map.of(
                                        "schemaVersion",
                                        2,
                                        "mediaType",
                                        OCI + "manifest.v1+json",
                                        "config",
                                        config,
                                        "layers",
                                        List.of(content))));
        List<Map<String, Object>> named =
                Stream.of(BUSYBOX, PAUSE).map(n -> named(manifest, n)).toList();
        Files.write(
                layout.resolve("index.json"), json(Map.of("schemaVersion", 2, "manifests", named)));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
    }

    private static Map<String, Object> named(Map<String, Object> manifest, String name) {
        Map<String, Object> entry = new HashMap<>(manifest);
        entry.put("annotations", Map.of("io.containerd.image.name", name));
        return entry;
    }

    private static String architecture() {
        return "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64";
    }

    /// Writes a blob, and gives what refers to it.
    private Map<String, Object> blob(String type, byte[] content) throws IOException {
        String digest = sha256(content);
        Files.write(layout.resolve("blobs/sha256").resolve(digest), content);
        return Map.of(
                "mediaType", OCI + type, "digest", "sha256:" + digest, "size", content.length);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] json(Map<String, ?> value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
