package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of a pod whose links are on cables to a router.
class OnCables {
    static final String SBR = "{\"type\": \"sbr\"}";

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

    /// A network on a cable, with leases, and plugins behind it.
    String network(String cable, String keys, String... behind) {
        return Cables.network(cable, Cables.leases(rig, cable, keys), behind);
    }

    /// What a command prints in the pod.
    String shown(String command) {
        return Cables.run(pod.witness(), command);
    }

    /// ADD refuses the configuration with these words, and leaves nothing.
    void refused(String config, String... words) {
        Snapshot node = rig.snapshot();
        Snapshot inside = pod.snapshot();
        assertThatThrownBy(() -> rig.add(pod, config))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e ->
                                assertThat(e.code())
                                        .as(e.getMessage())
                                        .isEqualTo(Standard.INVALID_NETWORK_CONFIG))
                .hasMessageContainingAll(words);
        assertThat(pod.snapshot().since(inside)).isEmpty();
        assertThat(rig.snapshot().since(node)).isEmpty();
    }
}
