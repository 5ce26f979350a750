package io.patchbay.meta.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.ipam.HostLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The leases of a container in the files of host-local: a file an address, which begins with the
/// container id.
final class Leases {
    private Leases() {}

    static List<String> of(NetworkConfigList network, String containerId) {
        return network.plugins().stream()
                .flatMap(plugin -> plugin.ipam().stream())
                .filter(ipam -> ipam.path("type").asText().equals("host-local"))
                .map(ipam -> directory(ipam, network.name()))
                .distinct()
                .flatMap(directory -> in(directory, containerId).stream())
                .toList();
    }

    private static Path directory(ObjectNode ipam, String network) {
        String data = ipam.path("dataDir").asText();
        return Path.of(data.isEmpty() ? HostLocal.DATA : data, network);
    }

    private static List<String> in(Path directory, String containerId) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> text(file).startsWith(containerId))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Empty for a file that goes while it is read: another pod's.
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
