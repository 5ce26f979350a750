package io.patchbay.ipvlan;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;

/// The kit's rules for a kind of links on a parent.
abstract class UpperLinkConformance<C extends Record> extends DelegateConformance<C> {
    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "type": "%s", "master": "up0", "ipam": %s}\
        """
                .formatted(provider().type(), ipam);
    }

    @Override
    protected void prepare(NodeRig node) {
        Networks.layParent(node);
    }

    @Override
    public void spoil(NodeRig node) {
        Networks.run(node, "ip link del up0");
    }
}
