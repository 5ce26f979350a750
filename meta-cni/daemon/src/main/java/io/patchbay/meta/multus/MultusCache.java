package io.patchbay.meta.multus;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The directory in which Multus keeps what it attached: a scratch file of each container, and
/// libcni's cache in `results/`. Multus calls it `cniDir`.
record MultusCache(Path directory) {
    private static final String RESULTS = "results";

    /// Empty where nothing is known of the container.
    Optional<CachedSandbox> find(String containerId) {
        Path scratch = directory.resolve(containerId);
        List<CachedResult> results = results(containerId);
        boolean known = Files.isRegularFile(scratch);
        if (!known && results.isEmpty()) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>(results.stream().map(CachedResult::file).toList());
        List<CachedDelegate> delegates = List.of();
        Optional<CniException> damage = Optional.empty();
        if (known) {
            // The scratch file goes last: what is left after a crash in between is tried again.
            files.add(scratch);
            try {
                delegates = CachedDelegate.decode(scratch, read(scratch));
            } catch (CniException e) {
                damage = Optional.of(lost(scratch, e));
            }
        }
        return Optional.of(new CachedSandbox(containerId, delegates, results, damage, files));
    }

    private static CniException lost(Path scratch, CniException cause) {
        CniException lost =
                new CniException(
                        cause.code(),
                        "Multus' cache %s cannot be read, so nobody knows what the container is attached to: undo it by hand, and remove the file"
                                .formatted(scratch),
                        String.valueOf(cause.getMessage()));
        lost.initCause(cause);
        return lost;
    }

    private List<CachedResult> results(String containerId) {
        String infix = CachedResult.infix(containerId);
        List<CachedResult> results = new ArrayList<>();
        for (Path file : list(directory.resolve(RESULTS), name -> name.contains(infix))) {
            CachedResult result;
            try {
                result =
                        CachedResult.decode(
                                file, Files.getLastModifiedTime(file), read(file), containerId);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            if (result.containerId().equals(containerId)) {
                results.add(result);
            }
        }
        return results;
    }

    /// Every container that the cache names.
    NavigableSet<String> containers() {
        NavigableSet<String> containers = new TreeSet<>();
        list(directory, _ -> true)
                .forEach(file -> containers.add(String.valueOf(file.getFileName())));
        list(directory.resolve(RESULTS), _ -> true)
                .forEach(file -> container(file).ifPresent(containers::add));
        return containers;
    }

    /// Empty for a damaged entry: its name alone does not tell where the container's id begins.
    private static Optional<String> container(Path file) {
        try {
            return Optional.of(Json.decode(file.toString(), read(file)))
                    .map(json -> json.path("containerId").asText())
                    .filter(id -> !id.isEmpty());
        } catch (CniException e) {
            return Optional.empty();
        }
    }

    void erase(CachedSandbox sandbox) {
        for (Path file : sandbox.files()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CniException(
                        Standard.IO_FAILURE,
                        "Multus' cache %s cannot be removed: remove it by hand".formatted(file),
                        e);
            }
        }
    }

    private static List<Path> list(Path directory, Predicate<String> wanted) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> wanted.test(String.valueOf(file.getFileName())))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Disk.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CniException unreadable(Path file, IOException cause) {
        return new CniException(
                Standard.IO_FAILURE, "Multus' cache %s cannot be read".formatted(file), cause);
    }
}
