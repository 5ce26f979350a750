package io.patchbay.bridge;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;

/// A bridge with every option that goes together, save VLANs ({@link VlanStockKernelTest}) and the
/// bridge's end with its last port ({@link RemovedBridgeKernelTest}): the rules take what all pods
/// share for something that stays.
class EveryOptionConformanceTest extends DelegateConformance<BridgeConfig> {
    @Override
    public DelegateProvider<BridgeConfig> provider() {
        return new BridgeProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "type": "bridge", "bridge": "sig0",
         "isDefaultGateway": true, "forceAddress": true, "ipMasq": true, "mtu": 1400,
         "promiscMode": true, "portIsolation": true, "macspoofchk": true, "ipam": %s}\
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
