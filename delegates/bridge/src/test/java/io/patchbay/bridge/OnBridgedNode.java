package io.patchbay.bridge;

import io.patchbay.kit.rig.NodeRig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of networks of type `bridge`, each on a node of its own.
class OnBridgedNode {
    @TempDir private Path state;
    NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new BridgeProvider());
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    /// @param keys such as `"isGateway": true`, or nothing
    String network(String keys) {
        return Networks.dualStack(rig.leases(), keys);
    }
}
