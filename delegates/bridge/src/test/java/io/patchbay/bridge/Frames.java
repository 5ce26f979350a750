package io.patchbay.bridge;

import io.patchbay.kit.rig.RigPod;

/// What of a pod's frames gets through, by the system's own commands.
final class Frames {
    private Frames() {}

    /// Whether a pod is answered by an address; one lost frame is made good by the next.
    static boolean reaches(RigPod from, String address) {
        return from.witness().attempt("ping", "-c", "1", "-w", "60", "-i", "0.2", address).status()
                == 0;
    }

    /// Whether nobody answers from an address, for as long as an answer takes.
    static boolean misses(RigPod from, String address) {
        return from.witness().attempt("ping", "-c", "2", "-i", "0.2", "-W", "1", address).status()
                != 0;
    }

    /// Begins to count the frames that come to a pod from its own address.
    static void countOwn(RigPod pod) {
        pod.witness()
                .run(
                        "nft",
                        """
                        add table netdev own
                        add chain netdev own in { type filter hook ingress device "eth0" priority 0; }
                        add rule netdev own in ether saddr %s counter
                        """
                                .formatted(mac(pod, "eth0")));
    }

    static boolean cameBack(RigPod pod) {
        return !pod.witness()
                .run("nft", "list", "table", "netdev", "own")
                .contains("counter packets 0 ");
    }

    /// The MAC address of a pod's link.
    static String mac(RigPod pod, String link) {
        return pod.witness().json("ip", "-j", "link", "show", link).at("/0/address").asText();
    }
}
