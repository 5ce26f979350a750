package io.patchbay.meta.delegate;

/// What a binary wrote to stderr, though its ADD succeeded: its warnings.
///
/// @param step the position of the step that it was called for
/// @param type the binary's, which may be that of the step's IPAM
/// @param text the last of it
public record Complaint(int step, String type, String text) {}
