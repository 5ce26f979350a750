package io.patchbay.vpc;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;
import org.junit.jupiter.api.AfterEach;

class VpcConformanceTest extends DelegateConformance<VpcConfig> {
    /// Addresses of the node's second interface.
    private static final int SECONDARIES = 14;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private int nodes;

    @AfterEach
    void closeVpc() {
        vpc.close();
    }

    @Override
    public DelegateProvider<VpcConfig> provider() {
        return new VpcProvider();
    }

    @Override
    public String network(String ipam) {
        return VpcNode.CONFIG;
    }

    @Override
    protected String settings() {
        return "{\"cooldownSeconds\": 0, \"pool\": {\"provision\": false}}";
    }

    @Override
    protected void prepare(NodeRig node) {
        vpc.node("node-" + nodes++, node.host(), 0, SECONDARIES);
    }
}
