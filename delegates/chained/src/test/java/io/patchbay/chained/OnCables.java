package io.patchbay.chained;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of a pod whose links are on cables to a router.
class OnCables {
    @TempDir private Path state;
    NodeRig rig;
    RigPod router;
    RigPod pod;

    @BeforeEach
    void open() {
        rig = Cables.node(state, "{}");
        router = new RigPod("router");
        pod = new RigPod("one");
        Cables.lay(rig, router);
    }

    @AfterEach
    void close() {
        pod.close();
        router.close();
        rig.close();
    }
}
