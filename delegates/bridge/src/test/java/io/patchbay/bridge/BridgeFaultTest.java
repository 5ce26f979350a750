package io.patchbay.bridge;

import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.NodeRig;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class BridgeFaultTest {
    @TempDir Path directory;

    private String config() {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "type": "bridge", "isGateway": true, "ipMasq": true,
         "ipam": {"type": "host-local", "subnet": "10.77.0.0/24", "dataDir": "%s"}}
        """
                .formatted(directory.resolve("leases"));
    }

    @Test
    void whicheverCallFailsDelLeavesNothing() {
        try (NodeRig rig = NodeRig.of(directory, new BridgeProvider())) {
            new FaultSweep(rig, config()).everyCallFailsOnce();
        }
    }

    @Test
    void beforeWhicheverCallTheProcessDiesDelLeavesNothing() {
        try (NodeRig rig = NodeRig.of(directory, new BridgeProvider())) {
            new FaultSweep(rig, config()).theProcessDiesBeforeEveryCall();
        }
    }
}
