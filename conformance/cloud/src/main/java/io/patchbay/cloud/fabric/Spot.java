package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Netns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Where an interface meets the fabric.
sealed interface Spot {
    /// As a link of a node.
    record Node(Netns namespace, String link) implements Spot {}

    /// By a tag on its trunk's link; the node makes the other end itself.
    record Tagged(String trunk, int vlan) implements Spot {}

    /// Those of a VPC, by interface: every trunk before its branches.
    ///
    /// @param places the nodes that have a namespace, by instance
    static SequencedMap<String, Spot> all(Vpc vpc, Map<String, Netns> places) {
        SequencedMap<String, Spot> spots = new LinkedHashMap<>();
        for (NetworkInterface eni : vpc.interfaces().values()) {
            // What is for EFA alone is no Ethernet device.
            if (eni.kind() != Kind.EFA_ONLY) {
                eni.attachment()
                        .flatMap(at -> node(at, places))
                        .ifPresent(spot -> spots.put(eni.id(), spot));
            }
        }
        for (NetworkInterface eni : vpc.interfaces().values()) {
            eni.association()
                    .filter(association -> spots.containsKey(association.trunk()))
                    .ifPresent(association -> spots.put(eni.id(), of(association)));
        }
        return spots;
    }

    private static Optional<Node> node(Attachment at, Map<String, Netns> places) {
        return Optional.ofNullable(places.get(at.instance()))
                .map(namespace -> new Node(namespace, name(at)));
    }

    private static Tagged of(Association association) {
        return new Tagged(association.trunk(), association.vlan());
    }

    /// As `eth0` and `eth1`, and `card1eth0` on a further card.
    private static String name(Attachment at) {
        return (at.card() == 0 ? "" : "card" + at.card()) + "eth" + at.device();
    }
}
