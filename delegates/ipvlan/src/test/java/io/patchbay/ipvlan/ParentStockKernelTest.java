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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parents that are part of something else.
@Tag("stock-kernel")
class ParentStockKernelTest {
    @TempDir private Path state;
    private NodeRig rig;
    private RigPod pod;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new IpvlanProvider(), new MacvlanProvider(), new VlanProvider());
        Networks.layParent(rig);
        pod = new RigPod("one");
    }

    @AfterEach
    void closeNode() {
        pod.close();
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"ipvlan, mode, l2", "macvlan, mode, bridge", "vlan, vlanId, 100"})
    void aPortOfABondIsRefusedAndTheBondIsAParent(String type, String key, String value) {
        bond();
        String keys =
                "\"%s\": %s".formatted(key, value.equals("100") ? value : "\"" + value + "\"");

        assertThatThrownBy(() -> rig.add(pod, network(type, "up0", keys)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("up0 (\"master\") of the host", "port of bond0");
        rig.add(pod, network(type, "bond0", keys));
        assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains("LOWER_UP");
    }

    private void bond() {
        Networks.run(rig, "ip link add bond0 type bond mode active-backup");
        Networks.run(rig, "ip link set up0 down");
        Networks.run(rig, "ip link set up0 master bond0");
        Networks.run(rig, "ip link set bond0 up");
        Networks.run(rig, "ip link set up0 up");
    }

    private String network(String type, String master, String keys) {
        return Networks.dualStack(rig, type, "\"master\": \"%s\", %s".formatted(master, keys));
    }

    @Test
    void aPortOfABridgeCarriesVlansBesideItsBridge() {
        Networks.run(rig, "ip link add br0 type bridge");
        Networks.run(rig, "ip link set br0 up");
        Networks.run(rig, "ip link set up0 master br0");
        Networks.run(rig, "ip link add link up1 name c1 type vlan id 100");
        Networks.run(rig, "ip link set c1 up");
        Networks.run(rig, "ip address add 10.7.0.99/24 dev c1");
        rig.add(pod, network("vlan", "up0", "\"vlanId\": 100"));

        pod.witness().run("ping", "-c", "1", "-w", "60", "10.7.0.99");
    }

    /// What a pod makes of its network cards, such as a bond of two virtual functions.
    @Test
    void aBondOfThePodCarriesAVlan() {
        for (String command :
                new String[] {
                    "ip link add bond0 type bond mode active-backup",
                    "ip link add card0 type veth peer name card1",
                    "ip link set card0 master bond0",
                    "ip link set bond0 up",
                    "ip link set card1 up"
                }) {
            pod.witness().run(command.split(" "));
        }
        String inPod = "\"vlanId\": 100, \"linkInContainer\": true";
        assertThatThrownBy(() -> rig.add(pod, network("vlan", "card0", inPod)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("card0 (\"master\") of the pod", "port of bond0");

        rig.add(pod, network("vlan", "bond0", inPod));
        assertThat(pod.witness().run("ip", "-j", "link", "show", "eth0"))
                .contains("\"link\":\"bond0\"");
        rig.check(pod);
        rig.del(pod);
        assertThat(pod.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();
    }
}
