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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `linkInContainer`: the parent is a link of the pod.
@Tag("kernel")
class LinkInContainerKernelTest {
    @TempDir private Path state;
    private NodeRig rig;
    private RigPod pod;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new MacvlanProvider());
        Networks.layParent(rig);
        pod = new RigPod("one");
        layBase();
    }

    @AfterEach
    void closeNode() {
        pod.close();
        rig.close();
    }

    // The host has links of these names too.
    private void layBase() {
        in("ip link add up0 type veth peer name up1");
        in("ip link set up0 up");
        in("ip link set up1 up");
    }

    private void in(String command) {
        pod.witness().run(command.split(" "));
    }

    private String network(String keys) {
        return Networks.dualStack(
                rig, "macvlan", keys + (keys.isEmpty() ? "" : ", ") + "\"linkInContainer\": true");
    }

    @Test
    void theLinkIsOnThePodsLinkOfThatName() {
        Snapshot before = pod.snapshot();
        rig.add(pod, network("\"master\": \"up0\""));

        assertThat(pod.witness().run("ip", "-j", "link", "show", "eth0"))
                .contains("\"link\":\"up0\"");
        rig.check(pod);
        rig.del(pod);
        assertThat(pod.snapshot().since(before)).isEmpty();
    }

    @Test
    void theDefaultRouteThatCountsIsThePods() {
        in("ip address add 198.51.100.1/24 dev up1");
        in("ip route add default via 198.51.100.2");
        rig.add(pod, network(""));

        assertThat(pod.witness().run("ip", "-j", "link", "show", "eth0"))
                .contains("\"link\":\"up1\"");
    }

    @Test
    void theParentMayBeWhatAnAttachmentBeforeMakes() {
        rig.add(pod, Networks.dualStack(rig, "macvlan", ""), network("\"master\": \"eth0\""));

        pod.witness().run("ip", "link", "show", "net1");
        rig.check(pod);
        rig.del(pod);
        assertThat(pod.witness().run("ip", "link")).doesNotContain("eth0", "net1");
    }

    @Test
    void statusSaysNothingOfAParentThatOnlyAPodHas() {
        rig.status(network("\"master\": \"bond0\""));

        assertThatThrownBy(() ->
                        rig.status(Networks.dualStack(rig, "macvlan", "\"master\": \"bond0\"")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("bond0");
    }

    @Test
    void aPodThatEndsWithItsNamespaceLeavesNothing() {
        rig.add(pod, network("\"master\": \"up0\""));
        pod.close();
        rig.delWithoutNamespace(pod);

        pod = new RigPod("two");
        layBase();
        rig.add(pod, network("\"master\": \"up0\", \"mode\": \"private\""));
        assertThat(pod.witness().run("ip", "address", "show", "eth0")).contains("10.7.0.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ip link set up0 down      | "master": "up0"               | up0 ("master") of the pod       | is down
                    ip link set up0 up        | "master": "nope"              | "master" is "nope", and the pod | no such link
                    ip link set up0 mtu 1400  | "master": "up0", "mtu": 1401  | up0 ("master") of the pod       | "mtu" is 1401
                    ip link set up0 up        | "mtu": 0                      | no "master" is named, and the pod | default route
                    """)
    void anUnfitParentIsRefusedAsThePods(String command, String keys, String what, String more) {
        in(command);
        Snapshot before = rig.snapshot();
        Snapshot inside = pod.snapshot();

        assertThatThrownBy(() -> rig.add(pod, network(keys)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(what, more, pod.path())
                .returns(7, e -> ((CniException) e).code().value());
        assertThat(pod.snapshot().since(inside)).isEmpty();
        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @Test
    void aPortOfABridgeOfThePodIsRefused() {
        in("ip link add br0 type bridge");
        in("ip link set up0 master br0");

        assertThatThrownBy(() -> rig.add(pod, network("\"master\": \"up0\"")))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("of the pod", "is a port of br0");
    }

    @Test
    void theHostsAddressIsFreeInThePodAndThePodsParentsIsNot() {
        String fixed =
                """
                {"cniVersion": "1.1.0", "name": "plain", "type": "macvlan", "master": "up0",
                 "linkInContainer": true,
                 "ipam": {"type": "static", "addresses": [{"address": "192.0.2.1/24"}]}}\
                """;
        rig.add(pod, fixed);
        rig.del(pod);
        in("ip address add 192.0.2.1/24 dev up0");

        assertThatThrownBy(() -> rig.add(pod, fixed))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("192.0.2.1", "parent", "up0", "the pod");
    }
}
