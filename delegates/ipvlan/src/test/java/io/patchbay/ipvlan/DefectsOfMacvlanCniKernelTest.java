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

/// What the reference plugin macvlan v1.9.1 does wrong (plugins/main/macvlan), done right.
@Tag("kernel")
class DefectsOfMacvlanCniKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new MacvlanProvider());
        Networks.layParent(rig);
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    /// The error of an IPAM is lost in an inner variable, and the link stays in the pod.
    @Test
    void whatTheIpamRefusesLeavesNoLink() {
        String narrow =
                """
                {"cniVersion": "1.1.0", "name": "narrow", "type": "macvlan", "ipam":
                 {"type": "host-local", "dataDir": "%s", "ranges": [[{"subnet": "10.7.0.0/24",
                   "rangeStart": "10.7.0.9", "rangeEnd": "10.7.0.9"}]]}}\
                """
                        .formatted(rig.leases());
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, narrow);
            Snapshot inside = two.snapshot();

            assertThatThrownBy(() -> rig.add(two, narrow)).isInstanceOf(CniException.class);
            assertThat(two.snapshot().since(inside)).isEmpty();
            rig.check(one);
        }
    }

    /// `mtu` and `advmss` of a route are read and never set (pkg/ipam/ipam_linux.go).
    @Test
    void aRouteHasTheMtuThatItIsToldWith() {
        String routed =
                """
                {"cniVersion": "1.1.0", "name": "routed", "type": "macvlan", "ipam":
                 {"type": "static", "addresses": [{"address": "10.7.0.2/24", "gateway": "10.7.0.1"}],
                  "routes": [{"dst": "172.30.0.0/16", "mtu": 1300, "advmss": 1200}]}}\
                """;
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, routed);

            assertThat(pod.witness().run("ip", "route", "show", "172.30.0.0/16"))
                    .contains("mtu 1300", "advmss 1200");
        }
    }

    /// A second link beside one of mode passthru is an EINVAL that names nothing.
    @Test
    void aLinkBesideOneOfModePassthruIsRefusedInWords() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, Networks.dualStack(rig, "macvlan", "\"mode\": \"passthru\""));

            assertThatThrownBy(() -> rig.add(two, Networks.dualStack(rig, "macvlan", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("up0", "passthru", "shares its parent with none");
            rig.check(one);
        }
    }

    @Test
    void sixtyPodsOfEightCallersLeaveNothing() throws Exception {
        ManyPods.comeAndGo(rig, Networks.dualStack(rig, "macvlan", ""));
    }
}
