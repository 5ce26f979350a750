package io.patchbay.meta.cni;

/// An attachment that the runtime still knows, as GC lists it.
public record ValidAttachment(String containerId, String ifName) {}
