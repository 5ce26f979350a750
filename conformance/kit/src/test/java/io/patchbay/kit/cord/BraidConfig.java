package io.patchbay.kit.cord;

/// A braid, of which there is one kind.
public record BraidConfig() {}
