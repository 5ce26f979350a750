package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.cni.DeviceInfoCodec;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files by which a pool tells others of its devices: one of device information each, and a CDI
/// specification if so configured. For one thread.
final class PoolFiles {
    private final DeviceInfoDirectory directory;
    private final Optional<Path> cdi;
    private final DeviceFiles files;
    private final Map<Path, byte[]> written = new HashMap<>();

    PoolFiles(DeviceInfoDirectory directory, Optional<Path> cdi, DeviceFiles files) {
        this.directory = directory;
        this.cdi = cdi;
        this.files = files;
    }

    /// Takes away what an earlier process has left of a resource's device information.
    void sweep(String resource) {
        Path any = Path.of(directory.ofDevicePlugin(resource, new DeviceId("*")));
        String[] around = any.getFileName().toString().split("\\*", 2);
        Path parent = any.toAbsolutePath().getParent();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent)) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                int end = name.length() - around[1].length();
                if (name.startsWith(around[0])
                        && name.endsWith(around[1])
                        && end > around[0].length()
                        && PciAddress.isOne(name.substring(around[0].length(), end))) {
                    files.remove(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }

    /// Makes the files say what is offered, and no more.
    void tell(PoolSettings pool, Offer offer) {
        Map<Path, byte[]> wanted = wanted(pool, offer);
        for (Path file : List.copyOf(written.keySet())) {
            if (!wanted.containsKey(file)) {
                files.remove(file);
                written.remove(file);
            }
        }
        wanted.forEach((file, content) -> {
            if (!Arrays.equals(content, written.get(file))) {
                files.write(file, content);
                written.put(file, content);
            }
        });
    }

    private Map<Path, byte[]> wanted(PoolSettings pool, Offer offer) {
        Map<Path, byte[]> wanted = new LinkedHashMap<>();
        List<PoolDevice> devices =
                offer.devices().values().stream().map(Offer.Offered::device).toList();
        for (PoolDevice device : devices) {
            String file =
                    directory.ofDevicePlugin(
                            pool.resource(), new DeviceId(device.address().value()));
            wanted.put(
                    Path.of(file), bytes(Json.text(DeviceInfoCodec.encode(device.description()))));
        }
        if (cdi.isPresent() && !CdiSpec.names(pool, devices).isEmpty()) {
            String name = "patchbay-%s.json".formatted(pool.resource().replace('/', '_'));
            wanted.put(cdi.get().resolve(name), bytes(Json.text(CdiSpec.encode(pool, devices))));
        }
        return wanted;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Removes all of them.
    void clear() {
        for (Path file : List.copyOf(written.keySet())) {
            files.remove(file);
            written.remove(file);
        }
    }
}
