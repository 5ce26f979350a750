package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Functions that a pod drives by itself, on a card on paper.
@Tag("kernel")
class UserSpaceKernelTest extends OnCard {
    private static final String VFIO = "\"driver\": \"vfio-pci\"";
    private static final String MAC = "\"mac\": \"02:ca:fe:00:00:01\"";
    private static final String FIRST = PaperCard.virtual(0, 0).value();

    @Test
    void aPodGetsTheFunctionAndTheHostGetsItBackAtTheFirstDel() {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            Snapshot inside = pod.snapshot();
            CniResult result = node.add(pod, VFIO, MAC, "\"vlan\": 7");
            assertThat(result.interfaces()).hasSize(1);
            assertThat(result.interfaces().getFirst().pciId()).contains(FIRST);
            assertThat(result.interfaces().getFirst().mac().map(Object::toString))
                    .contains("02:ca:fe:00:00:01");
            assertThat(node.card().machine().target(FIRST, "driver")).isEqualTo("vfio-pci");
            assertThat(pod.snapshot().since(inside)).isEmpty();
            node.rig().check(pod);
            node.rig().del(pod);
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    /// An application may have made a link of the name that the pod's interface has.
    @Test
    void theLinksOfTheApplicationAreNotTouchedByADel() {
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, VFIO);
            pod.witness().run("ip", "tuntap", "add", "eth0", "mode", "tap");
            pod.witness().run("ip", "link", "set", "eth0", "up");
            Snapshot inside = pod.snapshot();
            node.rig().del(pod);
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }

    @Test
    void addressesThatAreAskedForOverALinkAreRefusedBeforeAnyEffect() {
        node.rig().install("dhcp", Path.of("/bin/false"));
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.add(pod, VFIO, "\"ipam\": {\"type\": \"dhcp\"}"))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("\"ipam\"", FIRST)
                    .returns(7, e -> ((CniException) e).code().value());
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void whatWasOnVfioBeforeStaysThere() {
        node.card().machine().unbound(FIRST).bound(FIRST, "vfio-pci");
        node.run("ip link delete " + PaperCard.name(PaperCard.virtual(0, 0)));
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, MAC);
            node.rig().del(pod);
            assertThat(node.snapshot().since(before)).isEmpty();
            assertThat(node.card().machine().target(FIRST, "driver")).isEqualTo("vfio-pci");
        }
    }

    @Test
    void checkTellsOfAnotherDriver() {
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, VFIO);
            node.card().machine().unbound(FIRST);
            assertThatThrownBy(() -> node.rig().check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll(FIRST, "should be on a driver for user space");
            node.card().machine().bound(FIRST, "vfio-pci");
            node.rig().del(pod);
        }
    }

    @Test
    void whicheverCallOfAnAddFailsADelLeavesNothing() {
        sweep().everyCallFailsOnce();
    }

    @Test
    void wheneverTheProcessDiesInAnAddADelLeavesNothing() {
        sweep().theProcessDiesBeforeEveryCall();
    }

    @Test
    void whicheverCallOfADelFailsTheNextLeavesNothing() {
        sweep().everyCallOfDelFailsOnce();
    }

    @Test
    void wheneverTheProcessDiesInADelTheNextLeavesNothing() {
        sweep().theProcessDiesBeforeEveryCallOfDel();
    }

    private FaultSweep sweep() {
        return new FaultSweep(
                node.rig(), CardNode.network(VFIO, MAC, "\"vlan\": 7", "\"spoofchk\": \"off\""));
    }
}
