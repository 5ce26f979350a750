package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The branch interface that the VPC resource controller made for a pod, as it tells it in an
/// annotation of the pod (`pkg/provider/branch/trunk` of amazon-vpc-resource-controller-k8s).
///
/// @param address of IPv4, with its subnet
/// @param address6 of IPv6, with its subnet, where the interface has one
/// @param vlan the id of its frames on the trunk
/// @param association of branch and trunk, for messages; may be empty
public record PodEni(
        String id,
        MacAddress mac,
        Optional<Assigned> address,
        Optional<Assigned> address6,
        int vlan,
        String association) {
    /// The annotation's key.
    public static final String KEY = "vpc.amazonaws.com/pod-eni";

    /// The VPC's router, which is the same on every link (amazon-vpc-cni-k8s,
    /// `pkg/networkutils/network.go`).
    static final InetAddress ROUTER = Cidr.address("fe80:ec2::1");

    /// An address in its subnet.
    public record Assigned(InetAddress address, Cidr subnet) {
        /// Of IPv4 the router is the address after the subnet's base (VPC user guide, "Subnet CIDR
        /// blocks").
        Way way() {
            return new Way(address, subnet.isIpv6() ? ROUTER : subnet.at(1));
        }
    }

    /// Reads the annotation; what it lacks is code 7. Of several interfaces the first counts, as
    /// with Amazon's plugin.
    public static PodEni read(PodRef pod, String annotation) {
        return PodEniReader.of(pod, annotation).read();
    }

    /// A pod that has no such annotation yet: the controller may still give it one.
    public static CniException missing(PodRef pod) {
        return CniException.tryAgain(
                "pod %s has no annotation %s yet: the VPC resource controller has made no branch interface for it"
                        .formatted(pod, KEY));
    }

    /// The ways of some families, in their order. One that the interface has no address of is code
    /// 7.
    List<Way> ways(PodRef pod, List<Family> families) {
        return families.stream().map(family -> way(pod, family)).toList();
    }

    private Way way(PodRef pod, Family family) {
        Optional<Assigned> assigned =
                switch (family) {
                    case IPV4 -> address;
                    case IPV6 -> address6;
                };
        return assigned.map(Assigned::way)
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "pod %s is to have an address of %s, and its branch interface %s has none: give its subnet a block of that family"
                                        .formatted(pod, family, id)));
    }
}
