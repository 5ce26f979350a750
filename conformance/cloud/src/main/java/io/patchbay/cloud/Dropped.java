package io.patchbay.cloud;

/// How many packets the VPC has dropped.
///
/// @param foreignSource from an address that is not assigned to the interface they came by
/// @param foreignDestination to an address that is not assigned to the interface they were to leave
///   by
public record Dropped(long foreignSource, long foreignDestination) {}
