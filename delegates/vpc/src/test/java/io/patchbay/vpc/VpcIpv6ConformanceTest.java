package io.patchbay.vpc;

import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.net.Cidr;
import java.util.Optional;

/// Pods of IPv6, each with an address of IPv4 that is the node's alone.
class VpcIpv6ConformanceTest extends VpcConformance {
    @Override
    String keys() {
        return GIVEN + ", \"families\": [\"ipv6\"]";
    }

    @Override
    Optional<Cidr> ofNode() {
        return Optional.of(Cidr.parse("169.254.172.0/22"));
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().assign(vpc().node(name).primary().id(), Order.ipv6Prefixes(1));
    }
}
