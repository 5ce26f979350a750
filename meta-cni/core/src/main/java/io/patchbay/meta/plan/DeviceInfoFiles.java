package io.patchbay.meta.plan;

import java.util.Optional;

/// Where the device of an attachment is described.
///
/// @param source what the device plugin wrote, if it wrote anything; empty without a device of a
///   resource
/// @param own what the plugins of the chain read, write or change, and Patchbay removes
public record DeviceInfoFiles(Optional<String> source, String own) {}
