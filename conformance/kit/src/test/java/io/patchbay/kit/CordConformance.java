package io.patchbay.kit;

import io.patchbay.kit.rig.NodeRig;

/// The rules on the delegate of the kit's own tests.
abstract class CordConformance<C extends Record> extends DelegateConformance<C> {
    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "patch", "type": "%s", "panel": "panel0", "ipam": %s}\
        """
                .formatted(provider().type(), ipam);
    }

    @Override
    protected void prepare(NodeRig node) {
        node.witness()
                .run(
                        "ip",
                        "link",
                        "add",
                        "panel0",
                        "address",
                        "02:00:00:00:77:01",
                        "type",
                        "bridge");
        node.witness().run("ip", "link", "set", "panel0", "up");
    }

    @Override
    public void spoil(NodeRig node) {
        node.witness().run("ip", "link", "del", "panel0");
    }
}
