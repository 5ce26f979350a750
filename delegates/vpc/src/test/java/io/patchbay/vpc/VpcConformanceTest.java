package io.patchbay.vpc;

import io.patchbay.kit.rig.NodeRig;

/// Pods of single addresses of IPv4.
class VpcConformanceTest extends VpcConformance {
    @Override
    String keys() {
        return GIVEN;
    }

    @Override
    void furnish(NodeRig node, String name) {
        vpc().attach(name, SECONDARIES);
    }
}
