package io.patchbay.vpc.modes;

import io.patchbay.cloud.vpc.Permission;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// An address of the VPC that a pod or a node has, and what is to be expected of it.
///
/// @param owner the name of the pod or node
/// @param node the name of the node that it is on
/// @param strict whether all its packets take the way through the VPC
record End(String owner, String node, boolean strict, InetAddress address, Place place) {
    Family family() {
        return Family.of(address);
    }

    /// Whether packets to another end are the security groups' affair.
    boolean reachesThroughVpc(End other) {
        return !node.equals(other.node) || strict || other.strict;
    }

    /// Whether a probe of another end is to arrive: the groups of both are asked about its first
    /// packet, and answers are permitted.
    boolean reaches(End other, Probe probe) {
        return !reachesThroughVpc(other)
                || (permits(place.group().egress(), other, probe)
                        && permits(other.place.group().ingress(), this, probe));
    }

    private static boolean permits(List<Permission> permissions, End peer, Probe probe) {
        Set<String> protocols = Set.of("-1", probe.protocol(peer.family()));
        return permissions.stream()
                .filter(permission -> protocols.contains(permission.protocol()))
                .filter(permission ->
                        permission.from() <= probe.port() && probe.port() <= permission.to())
                .anyMatch(permission ->
                        permission.groups().contains(peer.place.group().id())
                                || permission.cidrs().stream()
                                        .anyMatch(block -> contains(block, peer.address)));
    }

    private static boolean contains(Cidr block, InetAddress address) {
        return block.isIpv6() == Cidr.host(address).isIpv6() && block.contains(address);
    }

    @Override
    public String toString() {
        return owner + " " + Cidr.text(address);
    }
}
