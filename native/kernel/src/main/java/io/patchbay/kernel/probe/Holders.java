package io.patchbay.kernel.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes that hold a file open, as far as this one may see. Source: proc(5).
///
/// @param proc where proc is mounted
record Holders(Path proc) {
    /// Such as `process 4711 (dpdk-testpmd)`.
    List<String> of(Path file) {
        List<String> holders = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path process : processes) {
                if (holds(process, file)) {
                    holders.add("process %s (%s)".formatted(process.getFileName(), name(process)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + proc, e);
        }
        return holders;
    }

    /// A process that ends meanwhile, or that is none of ours to look into, holds nothing.
    private static boolean holds(Path process, Path file) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (target(descriptor).equals(file.toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "which has just ended";
        }
    }
}
