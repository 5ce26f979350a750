package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Pools in a file of their own, the JSON configuration of the SR-IOV network device plugin.
///
/// @param usualPrefix for pools that name none
record PoolFile(Path path, String usualPrefix) implements DevicePluginSettings.Source {
    /// @param problems all that is wrong with it; the pools are those without
    record Content(List<PoolSettings> pools, List<String> problems) {}

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public Optional<Content> read() {
        try {
            return Disk.find(path).map(this::decode);
        } catch (IOException e) {
            return Optional.of(
                    new Content(
                            List.of(),
                            List.of("%s cannot be read: %s".formatted(path, e.getMessage()))));
        }
    }

    Content decode(byte[] text) {
        List<String> problems = new ArrayList<>();
        try {
            JsonObject root = JsonObject.read(path.toString(), Json.decode(path.toString(), text));
            root.allowOnly(Set.of(PoolsReader.KEY));
            return new Content(PoolsReader.read(root, usualPrefix, problems), problems);
        } catch (CniException e) {
            problems.add(String.valueOf(e.getMessage()));
            return new Content(List.of(), problems);
        }
    }
}
