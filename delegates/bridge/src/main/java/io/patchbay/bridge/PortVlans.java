package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddBridgeVlans;
import io.patchbay.spi.net.Change.DeleteBridgeVlans;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The VLANs that a port is to carry: one without tags, and any with.
///
/// @param untagged 0 for a port that is left as the bridge made it
/// @param tagged ids, the untagged one not among them: in the reference plugin a trunk over it
///   would take its being untagged away
/// @param keepsDefault whether what the bridge gave the port by itself stays
record PortVlans(int untagged, BitSet tagged, boolean keepsDefault) {
    /// As the reference plugin has it where a trunk says nothing of frames without a tag.
    private static final int NATIVE = 1;

    static PortVlans of(BridgeConfig config) {
        BitSet tagged = new BitSet();
        config.vlanTrunk().forEach(trunk -> trunk.addTo(tagged));
        int untagged = config.vlan() == 0 && !tagged.isEmpty() ? NATIVE : config.vlan();
        tagged.clear(untagged);
        return new PortVlans(untagged, tagged, config.preserveDefaultVlan());
    }

    /// Of the port that the bridge's own gateway on a VLAN is behind.
    static PortVlans ofGateway(BridgeConfig config) {
        return new PortVlans(config.vlan(), new BitSet(), config.preserveDefaultVlan());
    }

    List<Change> changes(int port) {
        List<Change> changes = new ArrayList<>();
        if (untagged == 0) {
            return changes;
        }
        if (!keepsDefault) {
            changes.add(new DeleteBridgeVlans(port, 1, BridgeVlans.LARGEST));
        }
        for (int first = tagged.nextSetBit(0); first >= 0; ) {
            int after = tagged.nextClearBit(first);
            changes.add(new AddBridgeVlans(port, BridgeVlans.tagged(first, after - 1)));
            first = tagged.nextSetBit(after);
        }
        changes.add(new AddBridgeVlans(port, BridgeVlans.ofUntagged(untagged)));
        return changes;
    }

    /// Whether the port carries what it should, and nothing else that it was not left with.
    boolean areOn(Netns host, int port) {
        return untagged == 0 || match(host.rtnl().bridgeVlans(port));
    }

    boolean match(List<BridgeVlans> carried) {
        BitSet withTag = new BitSet();
        BitSet without = new BitSet();
        boolean takesUntagged = false;
        for (BridgeVlans run : carried) {
            (run.untagged() ? without : withTag).set(run.first(), run.last() + 1);
            takesUntagged |= run.pvid() && run.first() == untagged;
        }
        if (!takesUntagged || !without.get(untagged)) {
            return false;
        }
        without.clear(untagged);
        withTag.andNot(tagged);
        BitSet missing = (BitSet) tagged.clone();
        carried.stream()
                .filter(run -> !run.untagged())
                .forEach(run -> missing.clear(run.first(), run.last() + 1));
        return missing.isEmpty() && (keepsDefault || (without.isEmpty() && withTag.isEmpty()));
    }

    void check(Netns host, Link port) {
        if (!areOn(host, port.index())) {
            throw CniException.changed(
                    "port %s should carry VLAN %d without tags and %s with, and carries %s"
                            .formatted(
                                    port.name(),
                                    untagged,
                                    tagged,
                                    host.rtnl().bridgeVlans(port.index())));
        }
    }
}
