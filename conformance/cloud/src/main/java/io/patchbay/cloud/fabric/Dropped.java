package io.patchbay.cloud.fabric;

/// How many packets the VPC has dropped.
///
/// @param foreignSource from an address that is not assigned to the interface they came by
/// @param foreignDestination to an address that is not assigned to the interface they were to leave
///   by
/// @param groups that no security group of their interface permits
/// @param foreignMac from a MAC address that is not the interface's
public record Dropped(long foreignSource, long foreignDestination, long groups, long foreignMac) {
    public static final Dropped NONE = new Dropped(0, 0, 0);

    /// Where every frame had its interface's MAC address.
    public Dropped(long foreignSource, long foreignDestination, long groups) {
        this(foreignSource, foreignDestination, groups, 0);
    }
}
