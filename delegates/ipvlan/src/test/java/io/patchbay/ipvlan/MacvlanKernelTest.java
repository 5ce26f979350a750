package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.MacAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
class MacvlanKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new MacvlanProvider(), new IpvlanProvider(), new VlanProvider());
        Networks.layParent(rig);
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private String network(String keys) {
        return Networks.dualStack(rig, "macvlan", keys);
    }

    @Test
    void podsReachEachOtherInBothFamilies() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));
            rig.add(two, network(""));

            one.witness().run("ping", "-c", "1", "-w", "60", "10.7.0.3");
            two.witness().run("ping", "-c", "1", "-w", "60", "fd07::2");
            rig.check(one);
            rig.check(two);
        }
    }

    /// A node has a link for every pod.
    @Test
    void theLinksOfTheNodeAreLookedThroughOnce() {
        try (RigPod pod = new RigPod("one")) {
            rig.faults().disarm();
            rig.add(pod, network(""));

            assertThat(rig.faults().calls())
                    .filteredOn(call -> call.startsWith("dump links"))
                    .hasSize(1);
        }
    }

    @Test
    void theResultIsTheLinkInThePod() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("\"mtu\": 1400")).getFirst().result();

            CniResult.Interface link = result.interfaces().getFirst();
            assertThat(result.interfaces()).hasSize(1);
            assertThat(link.sandbox()).isEqualTo(pod.path());
            assertThat(result.ips()).allMatch(ip -> ip.link().orElseThrow() == 0);
            assertThat(pod.witness().run("ip", "-d", "link", "show", "eth0"))
                    .contains(
                            link.mac().orElseThrow().toString(),
                            "mtu 1400",
                            "macvlan mode bridge",
                            "state UP");
        }
    }

    @Test
    void delLeavesWhatWasThereBefore() {
        try (RigPod pod = new RigPod("first")) {
            rig.add(pod, network(""), network(""));
            rig.del(pod);
        }
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            Snapshot inside = pod.snapshot();
            rig.add(pod, network(""), network(""));
            rig.del(pod);
            rig.del(pod);

            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "private", "vepa", "passthru"})
    void theKernelShowsTheModeThatWasAskedFor(String mode) {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"mode\": \"%s\"".formatted(mode)));

            assertThat(pod.witness().run("ip", "-d", "link", "show", "eth0"))
                    .contains("macvlan mode " + mode);
            rig.check(pod);
            rig.del(pod);
        }
    }

    @Test
    void aLinkOfModePassthruHasItsParentsMacAddress() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("\"mode\": \"passthru\"")).getFirst().result();

            MacAddress mac = result.interfaces().getFirst().mac().orElseThrow();
            assertThat(rig.witness().run("ip", "link", "show", "up0")).contains(mac.toString());
            assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains(mac.toString());
        }
    }

    @Test
    void theNeighboursLearnOfThePodInBothFamilies() {
        StaleNeighbour neighbour = StaleNeighbour.on(rig.witness(), "up1", "10.7.0.2", "fd07::2");
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("")).getFirst().result();

            neighbour.awaitTold(result.interfaces().getFirst().mac().orElseThrow());
        }
    }

    @Test
    void theConfiguredMacAddressIsTheLinks() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"mac\": \"02:00:00:00:00:99\""));

            assertThat(pod.witness().run("ip", "link", "show", "eth0"))
                    .contains("02:00:00:00:00:99");
        }
    }

    @Test
    void theAnnotationsMacAddressComesBeforeTheConfiguredOne() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            String network = Networks.fixed("macvlan", "10.7.0.2/24", Networks.MAC_KEY);
            rig.add(one, List.of(Networks.MAC_WISH), List.of(network));
            assertThat(one.witness().run("ip", "link", "show", "eth0")).contains(Networks.MAC);

            String other = network.replace("10.7.0.2", "10.7.0.3");
            assertThatThrownBy(() -> rig.add(two, List.of(Networks.MAC_WISH), List.of(other)))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("up0", "MAC address", "\"mac\"")
                    .returns(7, e -> ((CniException) e).code().value());
        }
    }

    @Test
    void theBroadcastQueueIsAsLongAsAskedFor() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"bcqueuelen\": 2000"));

            assertThat(pod.witness().run("ip", "-j", "-d", "link", "show", "eth0"))
                    .contains("\"bcqueuelen\":2000", "\"usedbcqueuelen\":2000");
            rig.check(pod);
            pod.witness().run("ip", "link", "set", "eth0", "type", "macvlan", "bcqueuelen", "1000");
            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("2000", "1000");
        }
    }

    @Test
    void passthruSharesItsParentWithNoPod() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));

            assertThatThrownBy(() -> rig.add(two, network("\"mode\": \"passthru\"")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("up0")
                    .hasMessageContaining("passthru");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ip link set up1 down      | "master": "up1"  | up1 ("master") of the host is down | set it up
                    ip link set up1 up        | "master": "nope" | "master" is "nope"     | no such link
                    ip link set up0 mtu 1400  | "mtu": 1401      | "mtu" is 1401          | up0
                    ip route del default      | "mtu": 0         | no "master" is named   | default route
                    """)
    void anUnfitParentIsRefusedBeforeAnyEffect(
            String command, String keys, String what, String more) {
        Networks.run(rig, command);
        assertRefused(keys, what, more);
    }

    @Test
    void aPortOfABridgeIsRefused() {
        Networks.run(rig, "ip link add br0 type bridge");
        Networks.run(rig, "ip link set up1 master br0");

        assertRefused(
                "\"master\": \"up1\"",
                "up1 (\"master\") of the host is a port of br0",
                "name that link");
    }

    private void assertRefused(String keys, String... words) {
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network(keys)))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll(words)
                    .returns(7, e -> ((CniException) e).code().value());
        }
        assertThat(rig.snapshot().since(before)).isEmpty();
    }
}
