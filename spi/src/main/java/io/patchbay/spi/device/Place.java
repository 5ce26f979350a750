package io.patchbay.spi.device;

import java.nio.file.Path;

/// A name in a directory of the node. Whoever may write to the directory may put anything under the
/// name, so the name is never followed; the directory is found as any path is, symbolic links and
/// all, and must be in trusted hands up to its last part.
///
/// @param in an absolute path
/// @param name one part of a path: no slash, neither `.` nor `..`
public record Place(Path in, String name) {
    public Place {
        if (!isOne(name)) {
            throw new IllegalArgumentException("\"%s\" is not one name".formatted(name));
        }
        if (!in.isAbsolute()) {
            throw new IllegalArgumentException("%s is no absolute path".formatted(in));
        }
    }

    /// Whether a text can be the name of a place.
    public static boolean isOne(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
    }

    public Path path() {
        return in.resolve(name);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
