package io.patchbay.vpc;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.net.Cidr;
import java.util.Optional;

/// Pods of IPv4, each with an address of IPv6 that is the node's alone.
class VpcEgressIpv6ConformanceTest extends VpcConformance {
    @Override
    String keys() {
        return GIVEN + ", \"egress\": {\"v6\": true}";
    }

    @Override
    Optional<Cidr> ofNode() {
        return Optional.of(Cidr.parse("fd00::ac:0/118"));
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().attach(name, SECONDARIES);
    }
}
