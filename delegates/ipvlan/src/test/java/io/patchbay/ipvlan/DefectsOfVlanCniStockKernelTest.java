package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the reference plugin vlan v1.9.1 does wrong (plugins/main/vlan), done right.
@Tag("stock-kernel")
class DefectsOfVlanCniStockKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new VlanProvider());
        Networks.layParent(rig);
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    /// DEL looks the master up, and fails for ever once it is gone.
    @Test
    void delWorksWhenTheMasterIsGone() {
        Networks.run(rig, "ip link add gone0 type veth peer name gone1");
        Networks.run(rig, "ip link set gone0 up");
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            Snapshot inside = pod.snapshot();
            rig.add(pod, Networks.dualStack(rig, "vlan", "\"master\": \"gone0\", \"vlanId\": 7"));
            Networks.run(rig, "ip link del gone0");
            rig.del(pod);

            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
        assertThat(rig.snapshot().since(before))
                .allMatch(line -> line.contains("gone") || line.contains("last_reserved"));
    }

    /// Without `ipam` it refuses; there is more than IP.
    @Test
    void aLinkNeedsNoAddress() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, Networks.withoutAddresses("vlan", "\"master\": \"up0\", \"vlanId\": 7"));
            assertThat(pod.witness().run("ip", "-j", "-d", "link", "show", "eth0"))
                    .contains("\"id\":7", "\"UP\"");
            rig.check(pod);
        }
    }

    /// Without `vlanId` it takes the frames that bear a priority and no VLAN.
    @Test
    void aNetworkThatNamesNoVlanIsRefused() {
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() ->
                            rig.add(pod, Networks.dualStack(rig, "vlan", "\"master\": \"up0\"")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"vlanId\" is missing")
                    .returns(7, e -> ((CniException) e).code().value());
        }
    }
}
