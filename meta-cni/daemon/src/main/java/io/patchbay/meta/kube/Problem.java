package io.patchbay.meta.kube;

/// What is wrong in a file.
///
/// @param line from 1; that of the document's start where a key is wrong
public record Problem(String file, int line, String sentence) {
    @Override
    public String toString() {
        return "%s, line %d: %s".formatted(file, line, sentence);
    }
}
