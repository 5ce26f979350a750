package io.patchbay.spi.net;

/// A run of VLANs that a port of a bridge carries.
///
/// @param first VLAN id, 1 to 4094
/// @param last VLAN id, not below the first
/// @param pvid whether frames without a tag belong there; only of a run of one
/// @param untagged whether frames leave without their tag
public record BridgeVlans(int first, int last, boolean pvid, boolean untagged) {
    /// The VLANs that a bridge can tell apart.
    public static final int LARGEST = 4094;

    public BridgeVlans {
        if (first < 1 || last > LARGEST || last < first) {
            throw new IllegalArgumentException(
                    "VLANs %d to %d are no run of 1 to %d".formatted(first, last, LARGEST));
        }
        if (pvid && first != last) {
            throw new IllegalArgumentException(
                    "VLANs %d to %d cannot all take the frames without a tag"
                            .formatted(first, last));
        }
    }

    /// VLANs whose frames come and go with their tag.
    public static BridgeVlans tagged(int first, int last) {
        return new BridgeVlans(first, last, false, false);
    }

    /// The VLAN of the frames that come and go without a tag.
    public static BridgeVlans ofUntagged(int id) {
        return new BridgeVlans(id, id, true, true);
    }
}
