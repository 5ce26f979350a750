package io.patchbay.bridge;

import io.patchbay.spi.net.BridgeVlans;
import java.util.BitSet;
import java.util.OptionalInt;

/// An entry of `vlanTrunk`: a range of VLANs, one VLAN, or both.
record VlanTrunk(OptionalInt minID, OptionalInt maxID, OptionalInt id) {
    VlanTrunk {
        requireVlan("minID", minID);
        requireVlan("maxID", maxID);
        requireVlan("id", id);
        if (minID.isPresent() != maxID.isPresent()) {
            throw new IllegalArgumentException(
                    "\"vlanTrunk\" has \"%s\" and not \"%s\": a range has both"
                            .formatted(
                                    minID.isPresent() ? "minID" : "maxID",
                                    minID.isPresent() ? "maxID" : "minID"));
        }
        if (minID.isPresent() && minID.getAsInt() > maxID.getAsInt()) {
            throw new IllegalArgumentException(
                    "\"vlanTrunk\" has \"minID\" %d above \"maxID\" %d: turn them round"
                            .formatted(minID.getAsInt(), maxID.getAsInt()));
        }
    }

    private static void requireVlan(String key, OptionalInt value) {
        if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > BridgeVlans.LARGEST)) {
            throw new IllegalArgumentException(
                    "\"vlanTrunk\" has \"%s\" %d: a VLAN is 1 to %d"
                            .formatted(key, value.getAsInt(), BridgeVlans.LARGEST));
        }
    }

    void addTo(BitSet ids) {
        if (minID.isPresent()) {
            ids.set(minID.getAsInt(), maxID.getAsInt() + 1);
        }
        id.ifPresent(ids::set);
    }
}
