package io.patchbay.bridge;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;

class BridgeConformanceTest extends DelegateConformance<BridgeConfig> {
    @Override
    public DelegateProvider<BridgeConfig> provider() {
        return new BridgeProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "type": "bridge", "bridge": "sig0",
         "isGateway": true, "ipMasq": true, "ipam": %s}\
        """
                .formatted(ipam);
    }

    /// Somebody takes the name of the bridge.
    @Override
    public void spoil(NodeRig node) {
        node.witness().run("ip", "link", "del", "sig0");
        node.witness().run("ip", "link", "add", "sig0", "type", "veth", "peer", "name", "sig1");
    }
}
