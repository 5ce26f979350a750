package io.patchbay.meta.kube;

import io.patchbay.spi.pod.PodRef;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The network-status of each pod as a file `<namespace>.<pod>.yaml`, written as the pod it is an
/// annotation of. A namespace has no dot, so no two pods share a name.
final class StatusFiles {
    private final Path directory;

    StatusFiles(Path directory) {
        this.directory = directory;
    }

    void write(PodRef pod, String status) {
        Path file = file(pod);
        Path temporary = directory.resolve("." + file.getFileName() + ".new");
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            // Not a channel: an interrupt at the deadline would close it.
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(manifest(pod, status).getBytes(StandardCharsets.UTF_8));
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the network-status of pod %s cannot be written".formatted(pod), e);
        }
    }

    /// Writes it where it does not say so yet.
    void restore(PodRef pod, String status) {
        if (!manifest(pod, status).equals(read(pod))) {
            write(pod, status);
        }
    }

    private String read(PodRef pod) {
        try {
            return Files.readString(file(pod));
        } catch (IOException e) {
            // Whatever is there instead is written over.
            return "";
        }
    }

    void remove(PodRef pod) {
        try {
            Files.deleteIfExists(file(pod));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the network-status of pod %s cannot be removed".formatted(pod), e);
        }
    }

    private Path file(PodRef pod) {
        return directory.resolve("%s.%s.yaml".formatted(pod.namespace(), pod.name()));
    }

    private static String manifest(PodRef pod, String status) {
        return """
        apiVersion: v1
        kind: Pod
        metadata:
          namespace: "%s"
          name: "%s"
          annotations:
            %s: |-
        %s
        """
                .formatted(
                        pod.namespace(),
                        pod.name(),
                        NetworkStatus.KEY,
                        status.indent(6).stripTrailing());
    }
}
