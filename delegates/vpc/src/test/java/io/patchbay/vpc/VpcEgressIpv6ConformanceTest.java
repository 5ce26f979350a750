package io.patchbay.vpc;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.net.Cidr;

/// Pods of IPv4, each with an address of IPv6 that is the node's alone.
class VpcEgressIpv6ConformanceTest extends VpcConformance {
    private static final Cidr OF_NODE = Cidr.parse("fd00::ac:0/118");

    @Override
    String keys() {
        return GIVEN + ", \"egress\": {\"v6\": true}";
    }

    @Override
    public boolean isTold(Cidr address) {
        return !OF_NODE.contains(address.address());
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().attach(name, SECONDARIES);
    }
}
