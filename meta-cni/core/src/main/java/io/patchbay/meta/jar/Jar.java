package io.patchbay.meta.jar;

import java.nio.file.Path;
import java.util.List;

/// A third party's delegate as it lies on the node: one jar, or a directory of jars that belong
/// together.
///
/// @param name of its entry in the directory of delegates
/// @param digest SHA-256 of its jars in hexadecimal digits: another one is another delegate
/// @param files what its classes are loaded from
public record Jar(String name, String digest, List<Path> files) {
    public Jar {
        files = List.copyOf(files);
    }
}
