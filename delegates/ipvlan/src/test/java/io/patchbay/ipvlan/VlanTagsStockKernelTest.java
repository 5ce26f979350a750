package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.spi.cni.CniResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which tags a pod's frames bear, as seen by a peer at the other end of the parent's cable.
@Tag("stock-kernel")
class VlanTagsStockKernelTest {
    private static final String PEER = "10.7.0.99";

    @TempDir private Path state;
    private NodeRig rig;
    private RigPod pod;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new VlanProvider());
        Networks.layParent(rig);
        pod = new RigPod("one");
    }

    @AfterEach
    void closeNode() {
        pod.close();
        rig.close();
    }

    private void lay(String parent, String name, String tag) {
        Networks.run(rig, "ip link add link %s name %s type vlan %s".formatted(parent, name, tag));
        Networks.run(rig, "ip link set %s up".formatted(name));
    }

    private void answerOn(String link) {
        Networks.run(rig, "ip address add %s/24 dev %s".formatted(PEER, link));
    }

    private void add(String keys) {
        rig.add(pod, Networks.dualStack(rig, "vlan", keys));
        rig.check(pod);
    }

    /// Whether it is answered within that many seconds.
    private boolean reachesPeer(int limit) {
        return pod.witness()
                        .attempt("ping", "-c", "1", "-w", Integer.toString(limit), PEER)
                        .status()
                == 0;
    }

    @Test
    void aVlanOnAVlanHasBothTags() {
        lay("up0", "s0", "protocol 802.1ad id 100");
        lay("up1", "s1", "protocol 802.1ad id 100");
        lay("s1", "c1", "id 200");
        answerOn("c1");
        add("\"master\": \"s0\", \"vlanId\": 200");

        assertThat(reachesPeer(60)).isTrue();
    }

    @Test
    void aProvidersTagIsAnotherThanACustomersOfTheSameId() {
        lay("up1", "c1", "protocol 802.1Q id 100");
        answerOn("c1");
        add("\"master\": \"up0\", \"vlanId\": 100, \"protocol\": \"802.1ad\"");
        assertThat(reachesPeer(3)).isFalse();

        Networks.run(rig, "ip link del c1");
        lay("up1", "s1", "protocol 802.1ad id 100");
        answerOn("s1");
        assertThat(reachesPeer(60)).isTrue();
        try (RigPod two = new RigPod("two")) {
            rig.add(two, Networks.dualStack(rig, "vlan", "\"master\": \"up0\", \"vlanId\": 100"));
            rig.check(two);
        }
    }

    @Test
    void vlanZeroIsForFramesOfAPriority() {
        lay("up1", "p1", "id 0");
        answerOn("p1");
        add("\"master\": \"up0\", \"vlanId\": 0");

        assertThat(reachesPeer(60)).isTrue();
    }

    @Test
    void theNeighboursLearnOfThePodInBothFamilies() {
        lay("up1", "c1", "id 200");
        StaleNeighbour neighbour = StaleNeighbour.on(rig.witness(), "c1", "10.7.0.2", "fd07::2");
        CniResult result =
                rig.add(pod, Networks.dualStack(rig, "vlan", "\"vlanId\": 200"))
                        .getFirst()
                        .result();

        neighbour.awaitTold(result.interfaces().getFirst().mac().orElseThrow());
    }

    @Test
    void theAnnotationsMacAddressIsTheLinks() {
        rig.add(
                pod,
                List.of(Networks.MAC_WISH),
                List.of(Networks.fixed("vlan", "10.7.0.2/24", "\"vlanId\": 5")));

        assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains(Networks.MAC);
    }
}
