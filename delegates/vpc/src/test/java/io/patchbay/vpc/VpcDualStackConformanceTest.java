package io.patchbay.vpc;

import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.NodeRig;

/// Pods of both families, as their network says.
class VpcDualStackConformanceTest extends VpcConformance {
    @Override
    public String network(String ipam) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"pods\", \"type\": \"vpc\", \"families\": [\"ipv6\", \"ipv4\"]}";
    }

    @Override
    String keys() {
        return GIVEN;
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().assign(vpc().attach(name, SECONDARIES).id(), Order.ipv6Prefixes(1));
    }
}
