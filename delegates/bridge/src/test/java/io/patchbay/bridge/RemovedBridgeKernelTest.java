package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.RigPod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bridge that goes with its last port, where a network wants it and nobody else has it.
@Tag("kernel")
class RemovedBridgeKernelTest extends OnBridgedNode {
    private static final String REMOVED = "\"isGateway\": true, \"removeWithLastPort\": true";

    private boolean bridgeIsThere() {
        return rig.witness().attempt("ip", "link", "show", "cni0").status() == 0;
    }

    @Test
    void theLastPodTakesTheBridgeAlongAndNoneBefore() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(REMOVED));
            rig.add(two, network(REMOVED));
            rig.del(one);
            assertThat(bridgeIsThere()).isTrue();
            rig.check(two);
            assertThat(rig.restart()).isEmpty();
            rig.del(two);
            assertThat(bridgeIsThere()).isFalse();

            rig.add(one, network(REMOVED));
            rig.check(one);
            rig.del(one);
            assertThat(bridgeIsThere()).isFalse();
        }
    }

    @Test
    void aPodWithoutItsNamespaceTakesItAlongToo() {
        RigPod pod = new RigPod("one");
        rig.add(pod, network(REMOVED));
        pod.close();
        rig.delWithoutNamespace(pod);

        assertThat(bridgeIsThere()).isFalse();
    }

    @Test
    void aRestartRemovesWhatAKilledDaemonLeft() {
        try (RigPod pod = new RigPod("one")) {
            String port =
                    rig.add(pod, network(REMOVED)).getFirst().result().interfaces().get(1).name();
            rig.witness().run("ip", "link", "del", port);
            assertThat(rig.restartWithoutJournal()).isEmpty();

            assertThat(bridgeIsThere()).isFalse();
        }
    }

    @Test
    void whicheverCallGoesWrongTheNodeIsAsBefore() {
        new FaultSweep(rig, network(REMOVED)).everyCallFailsOnce();
        new FaultSweep(rig, network(REMOVED)).everyCallOfDelFailsOnce();
    }

    @Test
    void aBridgeStaysWhereNobodyAskedForItsEnd() {
        addAndDelete("\"isGateway\": true");

        assertThat(bridgeIsThere()).isTrue();
    }

    @Test
    void anAdoptedBridgeStays() {
        rig.witness().run("ip", "link", "add", "cni0", "type", "bridge");
        addAndDelete(REMOVED);

        assertThat(bridgeIsThere()).isTrue();
    }

    @Test
    void aBridgeThatSomebodyMadeAnewStays() {
        addAndDelete("\"isGateway\": true");
        rig.witness().run("ip", "link", "del", "cni0");
        rig.witness().run("ip", "link", "add", "cni0", "type", "bridge");
        addAndDelete(REMOVED);

        assertThat(bridgeIsThere()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip link add name other master cni0 type veth peer name otherp",
                "ip address add 192.0.2.1/24 dev cni0",
                "ip link add name up0 link cni0 type macvlan mode bridge",
            })
    void aBridgeThatSomebodyElseUsesStays(String use) {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network(REMOVED));
            rig.witness().run(use.split(" "));
            rig.del(pod);

            assertThat(bridgeIsThere()).isTrue();
        }
    }

    @Test
    void aFailedAddTakesTheBridgeAlongThatItMade() {
        try (RigPod pod = new RigPod("one")) {
            pod.witness().run("ip", "link", "add", "eth0", "type", "bridge");
            assertThatThrownBy(() -> rig.add(pod, network(REMOVED))).hasMessageContaining("eth0");

            assertThat(bridgeIsThere()).isFalse();
        }
    }

    private void addAndDelete(String keys) {
        try (RigPod pod = new RigPod("first")) {
            rig.add(pod, network(keys));
            rig.del(pod);
        }
    }
}
