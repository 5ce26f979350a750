package io.patchbay.kernel.probe;

/// What a probe has found.
///
/// @param isUsable whether a process can use it now
/// @param sentence what is there, or why it is not usable
public record Finding(boolean isUsable, String sentence) {
    public static Finding usable(String sentence) {
        return new Finding(true, sentence);
    }

    public static Finding unusable(String sentence) {
        return new Finding(false, sentence);
    }
}
