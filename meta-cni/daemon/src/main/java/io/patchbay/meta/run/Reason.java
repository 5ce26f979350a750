package io.patchbay.meta.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file could not be read or written, in words: of Java's own exceptions the message is often
/// the file's name alone.
final class Reason {
    private Reason() {}

    static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied ->
                    "permission for %s is denied: run as root".formatted(denied.getFile());
            case NoSuchFileException absent -> "there is no %s".formatted(absent.getFile());
            case NotDirectoryException file -> "%s is no directory".formatted(file.getFile());
            case FileAlreadyExistsException there ->
                    "%s is there already, and is no directory".formatted(there.getFile());
            case FileSystemException other when other.getReason() != null ->
                    "%s: %s".formatted(other.getFile(), other.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }
}
