package io.patchbay.vpc.branch;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.PodPaths;
import io.patchbay.vpc.plumbing.PodVeth;
import java.util.List;
import java.util.OptionalInt;

/// A pod's branch interface on this node: everything that is chosen before the first effect.
///
/// @param eni the branch's id
/// @param mac the branch's
/// @param trunk the MAC address of the trunk, which stays when its link comes anew
/// @param trunkLink the index of the trunk's link at the time of ADD
/// @param table of the routes that lead out by the branch
/// @param link the index of the branch's own link
/// @param group of the sandbox's links
/// @param hostLink the index of the host's end of the pod's link, and `hostName` its name
/// @param podLink the index of the pod's end
public record Branch(
        AttachmentId owner,
        PodRef pod,
        Enforcement enforcement,
        String eni,
        MacAddress mac,
        MacAddress trunk,
        int trunkLink,
        int vlan,
        int table,
        int link,
        int group,
        int hostLink,
        String hostName,
        int podLink,
        List<Way> ways) {
    /// What a table's number has on top of the VLAN's, as in Amazon's plugin.
    static final int FIRST_TABLE = 100;

    /// Which of the attachment's indexes the branch's link has; the veth has those before.
    private static final int LINK = 2;

    public Branch {
        ways = List.copyOf(ways);
    }

    /// @param trunk the link that {@link Trunk#link} finds
    /// @param families which of the interface's addresses the pod gets, the first one first
    public static Branch of(
            Attachment<?> attachment,
            PodEni eni,
            Link trunk,
            PodVeth veth,
            Enforcement enforcement,
            List<Family> families) {
        return new Branch(
                attachment.id(),
                attachment.pod(),
                enforcement,
                eni.id(),
                eni.mac(),
                trunk.mac().orElseThrow(),
                trunk.index(),
                eni.vlan(),
                FIRST_TABLE + eni.vlan(),
                attachment.ifindex(LINK),
                attachment.group(),
                veth.hostIndex(),
                veth.hostName(),
                veth.podIndex(),
                eni.ways(attachment.pod(), families));
    }

    static String name(int vlan) {
        return "vlan.eth." + vlan;
    }

    /// The name of the branch's link, as in Amazon's plugin.
    String name() {
        return name(vlan);
    }

    /// The ways between the host and the pod.
    public PodPaths paths() {
        return new BranchRouting(this).pod().paths();
    }

    boolean isStrict() {
        return enforcement == Enforcement.STRICT;
    }

    boolean hasIpv6() {
        return ways.stream().anyMatch(Way::isIpv6);
    }

    /// Whether a link is the branch's own: of the index that was chosen for it, and a VLAN of its
    /// id, for after a boot an index may be another link's.
    boolean isOwn(Link found) {
        return found.index() == link
                && found.group() == group
                && found.vlan().equals(OptionalInt.of(vlan));
    }

    /// Whether a link is the host's end of the pod's.
    boolean isHostEnd(Link found) {
        return found.index() == hostLink && found.name().equals(hostName);
    }
}
