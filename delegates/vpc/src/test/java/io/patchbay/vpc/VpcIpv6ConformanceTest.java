package io.patchbay.vpc;

import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.net.Cidr;

/// Pods of IPv6, each with an address of IPv4 that is the node's alone.
class VpcIpv6ConformanceTest extends VpcConformance {
    private static final Cidr OF_NODE = Cidr.parse("169.254.172.0/22");

    @Override
    String keys() {
        return GIVEN + ", \"families\": [\"ipv6\"]";
    }

    @Override
    public boolean isTold(Cidr address) {
        return !OF_NODE.contains(address.address());
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().assign(vpc().node(name).primary().id(), Order.ipv6Prefixes(1));
    }
}
