package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("stock-kernel")
class VlanStockKernelTest {
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

    private String network(String keys) {
        return Networks.dualStack(rig, "vlan", keys);
    }

    @Test
    void podsOfOneVlanReachEachOtherOverTheirParentsCable() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network("\"master\": \"up0\", \"vlanId\": 100"));
            rig.add(two, network("\"master\": \"up1\", \"vlanId\": 100, \"mtu\": 1400"));

            assertThat(one.witness().run("ip", "-j", "-d", "link", "show", "eth0"))
                    .contains("\"info_kind\":\"vlan\"", "\"id\":100");
            one.witness().run("ping", "-c", "1", "-w", "60", "10.7.0.3");
            two.witness().run("ping", "-c", "1", "-w", "60", "fd07::2");
            rig.check(one);
            rig.check(two);
            rig.del(one);
            assertThat(one.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();
        }
    }

    @Test
    void aVlanThatAPodHasIsRefusedToTheNext() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network("\"vlanId\": 100"));

            assertThatThrownBy(() -> rig.add(two, network("\"vlanId\": 100")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("\"vlanId\" is 100", "another namespace", "up0")
                    .returns(7, e -> ((CniException) e).code().value());
        }
    }

    @Test
    void aVlanOfTheNodeIsRefusedByName() {
        Networks.run(rig, "ip link add link up0 name up0.100 type vlan id 100");
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network("\"vlanId\": 100")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("up0.100");
        }
    }
}
