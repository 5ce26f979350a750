package io.patchbay.bench;

import java.nio.file.Path;

/// Where each subject works.
///
/// @param disk a directory on the machine's disk
/// @param memory one in memory
record Sides(Path disk, Path memory) {
    Side plugins() {
        return onDisk("plugins", 0);
    }

    Side multus() {
        return onDisk("multus", 1);
    }

    /// Of the Patchbay that asks the API server too.
    Side cluster() {
        return onDisk("cluster", 2);
    }

    /// Of the Patchbay that reads files.
    Side files() {
        return onDisk("files", 3);
    }

    /// The same without a disk.
    Side noDisk() {
        return new Side("memory", 4, memory.resolve("memory"));
    }

    private Side onDisk(String name, int number) {
        return new Side(name, number, disk.resolve(name));
    }
}
