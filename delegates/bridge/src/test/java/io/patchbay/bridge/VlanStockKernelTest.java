package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// VLANs on a bridge, told by the frames that get through.
@Tag("stock-kernel")
class VlanStockKernelTest extends OnBridgedNode {
    private static final String TRUNK =
            "\"vlanTrunk\": [{\"minID\": 100, \"maxID\": 102}, {\"id\": 300}]";

    @Test
    void podsOfOneVlanReachEachOtherAndThoseOfAnotherDoNot() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two");
                RigPod other = new RigPod("other")) {
            String port = port(rig.add(one, network("\"vlan\": 100")).getFirst().result());
            rig.add(two, network("\"vlan\": 100"));
            rig.add(other, network("\"vlan\": 200"));

            assertThat(vlans(port)).contains("100 PVID Egress Untagged").doesNotContain(" 1 ");
            assertThat(Frames.reaches(one, "10.7.0.3")).isTrue();
            assertThat(Frames.misses(one, "10.7.0.4")).isTrue();
            rig.check(one);
            rig.check(other);
        }
    }

    private static String port(CniResult result) {
        return result.interfaces().get(1).name();
    }

    private String vlans(String port) {
        return rig.witness().run("bridge", "vlan", "show", "dev", port);
    }

    @Test
    void aTrunkCarriesItsVlansWithTheirTags() {
        try (RigPod trunk = new RigPod("trunk");
                RigPod pod = new RigPod("pod");
                RigPod other = new RigPod("other")) {
            String port = port(rig.add(trunk, network(TRUNK)).getFirst().result());
            rig.add(pod, Networks.fixed("10.9.0.2/24", "\"vlan\": 102"));
            rig.add(other, Networks.fixed("10.9.1.2/24", "\"vlan\": 103"));
            tag(trunk, 102, "10.9.0.1/24");
            tag(trunk, 103, "10.9.1.1/24");

            assertThat(vlans(port)).contains("1 PVID Egress Untagged", "100", "101", "102", "300");
            assertThat(Frames.reaches(trunk, "10.9.0.2")).isTrue();
            assertThat(Frames.misses(trunk, "10.9.1.2")).isTrue();
            rig.check(trunk);

            rig.witness().run("bridge", "vlan", "del", "dev", port, "vid", "101");
            assertThatThrownBy(() -> rig.check(trunk))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("port " + port + " should carry VLAN 1 without tags")
                    .returns(100, e -> ((CniException) e).code().value());
        }
    }

    private static void tag(RigPod pod, int vlan, String address) {
        String name = "eth0." + vlan;
        pod.witness()
                .run(("ip link add link eth0 name " + name + " type vlan id " + vlan).split(" "));
        pod.witness().run("ip", "address", "add", address, "dev", name);
        pod.witness().run("ip", "link", "set", name, "up");
    }

    @Test
    void aGatewayOnAVlanIsALinkOfItsOwnAndGoesWithTheBridge() {
        String gateway = "\"vlan\": 100, \"isDefaultGateway\": true, \"removeWithLastPort\": true";
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("pod");
                RigPod other = new RigPod("other")) {
            CniResult result = rig.add(pod, network(gateway)).getFirst().result();
            rig.add(
                    other,
                    network(
                            gateway.replace("100", "200")
                                    .replace("isDefault", "is")
                                    .replace("isGateway", "hairpinMode")));

            assertThat(result.interfaces().get(3).name()).isEqualTo("cni0.100");
            assertThat(rig.witness().run("ip", "address", "show", "cni0.100"))
                    .contains("inet 10.7.0.1/24", "inet6 fd07::1/64", "state UP");
            assertThat(rig.witness().run("ip", "address", "show", "cni0"))
                    .doesNotContain("10.7.0.1");
            assertThat(Frames.reaches(pod, "10.7.0.1")).isTrue();
            assertThat(Frames.reaches(pod, "fd07::1")).isTrue();
            assertThat(Frames.misses(other, "10.7.0.1")).isTrue();
            rig.check(pod);

            rig.witness().run("ip", "link", "set", "cni0.100", "down");
            assertThatThrownBy(() -> rig.check(pod)).hasMessageContaining("cni0.100");
            rig.del(pod);
            rig.del(other);
        }
        assertThat(rig.witness().run("ip", "-br", "link", "show")).doesNotContain("cni0", "pbgw");
        assertThat(rig.snapshot().since(before))
                .noneMatch(line -> line.toString().contains("cni0"));
    }

    @Test
    void aBridgeThatDoesNotFilterIsRefusedAndLeftAlone() {
        try (RigPod first = new RigPod("first");
                RigPod pod = new RigPod("pod")) {
            rig.add(first, network("\"isGateway\": true"));
            Snapshot before = rig.snapshot();

            assertThatThrownBy(() -> rig.add(pod, network("\"vlan\": 100")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"bridge\" is \"cni0\", which does not filter VLANs")
                    .returns(7, e -> ((CniException) e).code().value());
            assertThat(rig.snapshot().since(before)).isEmpty();

            rig.witness().run("ip", "link", "set", "cni0", "type", "bridge", "vlan_filtering", "1");
            rig.add(pod, network("\"vlan\": 100, \"preserveDefaultVlan\": true"));
            rig.check(first);
            rig.check(pod);
        }
    }
}
