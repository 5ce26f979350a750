package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The type `host-device` on a node whose devices are of software.
@Tag("kernel")
class HostDeviceKernelTest {
    @TempDir Path state;
    private NodeRig node;

    @BeforeEach
    void layDevices() {
        node = NodeRig.of(state, new HostDeviceProvider());
        run("ip link add up0 index 4900 type veth peer name up1");
        run("ip link set up0 up");
        device("dev0", 5000, "02:00:00:00:50:00");
        device("dev1", 5001, "02:00:00:00:50:01");
        run("ip link set dev0 alias uplink mtu 1400");
        run("ip link property add dev dev0 altname enp9s0f0");
    }

    private void device(String name, int index, String mac) {
        run(
                "ip link add %s link up0 index %d address %s type macvlan mode bridge"
                        .formatted(name, index, mac));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void run(String command) {
        node.witness().run(command.split(" "));
    }

    private String network(String keys) {
        return """
        {"cniVersion": "1.1.0", "name": "n6", "type": "host-device"%s,
         "ipam": {"type": "host-local", "dataDir": "%s",
                  "ranges": [[{"subnet": "10.6.0.0/24"}]]}}
        """
                .formatted(keys.isEmpty() ? "" : ", " + keys, node.leases());
    }

    private String dev0() {
        return network("\"device\": \"dev0\"");
    }

    private JsonNode link(String name) {
        return node.witness().json("ip", "-j", "-d", "link", "show", name).get(0);
    }

    @Test
    void aPodHasTheDeviceUnderItsNameWithItsAddressAndMtu() {
        try (RigPod pod = new RigPod("amf")) {
            CniResult result = node.add(pod, dev0()).getFirst().result();

            assertThat(LinkState.in(pod.witness()))
                    .filteredOn(link -> link.name().equals("eth0"))
                    .singleElement()
                    .satisfies(link -> {
                        assertThat(link.index()).isEqualTo(5000);
                        assertThat(link.mac()).isEqualTo("02:00:00:00:50:00");
                        assertThat(link.mtu()).isEqualTo(1400);
                        assertThat(link.addresses()).containsExactly("10.6.0.2/24");
                    });
            assertThat(result.interfaces().getFirst().mtu()).isEqualTo(1400);
            node.check(pod);
            node.del(pod);
        }
    }

    @Test
    void theNeighboursLearnThatTheDeviceHasThePodsAddress() {
        run("ip link set up1 up");
        StaleNeighbour neighbour = StaleNeighbour.on(node.witness(), "up1", "10.6.0.2");
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, dev0());

            neighbour.awaitTold("02:00:00:00:50:00");
            node.del(pod);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"device\": \"dev0\"",
                "\"device\": \"enp9s0f0\"",
                "\"hwaddr\": \"02:00:00:00:50:00\""
            })
    void whateverThePodDidToItTheDeviceIsGivenBackAsItWas(String keys) {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, network(keys));
            for (String command :
                    List.of(
                            "ip link set eth0 down",
                            "ip link set eth0 name mine address 02:00:00:00:66:66 mtu 1300",
                            "ip link set mine alias theirs up",
                            "ip link property add dev mine altname theirs0",
                            "ip link property del dev mine altname enp9s0f0",
                            "ip address add 192.0.2.9/24 dev mine")) {
                pod.witness().run(command.split(" "));
            }
            node.del(pod);
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void aDeviceThatEndsWithThePodsNamespaceIsGoneAndItsAddressIsFree() throws IOException {
        RigPod pod = new RigPod("amf");
        try (pod) {
            node.add(pod, dev0());
        }
        node.delWithoutNamespace(pod);
        assertThat(node.delegates().find("host-device").orElseThrow().tables().getFirst().rows())
                .isEmpty();
        try (Stream<Path> leases = Files.list(node.leases().resolve("n6"))) {
            assertThat(leases.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("10."));
        }
    }

    @Test
    void aNameThatIsTakenOnTheHostGivesWayToAFreeOneAndIsRemembered() {
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, dev0());
            run("ip link add dev0 type bridge");
            node.del(pod);
        }
        assertThat(link("dev0").path("linkinfo").path("info_kind").asText()).isEqualTo("bridge");
        assertThat(LinkState.in(node.witness()))
                .filteredOn(link -> link.index() == 5000)
                .singleElement()
                .satisfies(link -> {
                    assertThat(link.mac()).isEqualTo("02:00:00:00:50:00");
                    assertThat(link(link.name()).path("ifalias").asText())
                            .isEqualTo("formerly dev0");
                });
    }

    @Test
    void aSecondPodWaitsForTheFirstOnesDel() {
        try (RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            node.add(first, dev0());
            for (String keys :
                    List.of("\"device\": \"dev0\"", "\"hwaddr\": \"02:00:00:00:50:00\"")) {
                assertRefused(
                        second, network(keys), Standard.TRY_AGAIN_LATER, "link5000", "eth0 of pod");
            }
            node.del(first);
            node.add(second, dev0());
            node.del(second);
        }
    }

    private void assertRefused(RigPod pod, String network, Standard code, String... words) {
        Snapshot before = node.snapshot();
        assertThatThrownBy(() -> node.add(pod, network))
                .isInstanceOfSatisfying(
                        CniException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void whatTheNodeCannotDoWithoutStaysAndStatusSaysSo() {
        run("ip address add 192.0.2.1/24 dev dev1");
        run("ip link set dev1 up");
        run("ip route add default via 192.0.2.2");
        try (RigPod pod = new RigPod("amf")) {
            for (String name : List.of("dev1", "up0")) {
                String network = network("\"device\": \"" + name + "\"");
                assertRefused(pod, network, Standard.INVALID_NETWORK_CONFIG, name, "default route");
                assertThatThrownBy(() -> node.status(network))
                        .isInstanceOfSatisfying(
                                CniException.class,
                                refusal ->
                                        assertThat(refusal.code()).isEqualTo(Standard.UNAVAILABLE));
            }
            assertRefused(
                    pod,
                    network("\"device\": \"lo\""),
                    Standard.INVALID_NETWORK_CONFIG,
                    "every namespace");
            node.status(dev0());
        }
    }

    @Test
    void aPortOfABridgeWaitsUntilItIsNone() {
        run("ip link add br0 type bridge");
        run("ip link set up1 master br0");
        try (RigPod pod = new RigPod("amf")) {
            assertRefused(
                    pod, network("\"device\": \"up1\""), Standard.TRY_AGAIN_LATER, "up1", "port");
        }
    }

    @Test
    void anAddressOfSeveralLinksNamesNone() {
        device("dev2", 5002, "02:00:00:00:50:02");
        run("ip link add br0 address 02:00:00:00:50:02 type bridge");
        try (RigPod pod = new RigPod("amf")) {
            assertRefused(
                    pod,
                    network("\"hwaddr\": \"02:00:00:00:50:02\""),
                    Standard.INVALID_NETWORK_CONFIG,
                    "dev2",
                    "br0");
        }
    }

    @Test
    void whatIsNotThereIsRefusedByKeyAndValue() {
        try (RigPod pod = new RigPod("amf")) {
            for (String keys :
                    List.of(
                            "\"device\": \"dev9\"",
                            "\"hwaddr\": \"02:00:00:00:99:99\"",
                            "\"pciBusID\": \"0000:ff:1f.7\"",
                            "\"kernelpath\": \"/sys/devices/virtual/nothing\"")) {
                assertRefused(
                        pod,
                        network(keys),
                        Standard.INVALID_NETWORK_CONFIG,
                        keys.split("\"", -1)[3]);
            }
            assertRefused(pod, network(""), Standard.INVALID_NETWORK_CONFIG, "names no device");
        }
    }

    @Test
    void anIndexThatThePodHasTooIsRefused() {
        try (RigPod pod = new RigPod("amf")) {
            pod.witness().run("ip", "link", "add", "own0", "index", "5000", "type", "bridge");
            assertRefused(pod, dev0(), Standard.INVALID_NETWORK_CONFIG, "dev0", "5000", "own0");
        }
    }

    /// The pod's link is like the device in all that a link of software is known by.
    @Test
    void aTwinThatThePodMakesLaterStaysThePods() {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, dev0());
            pod.witness().run("ip", "link", "set", "eth0", "netns", node.path());
            for (String command :
                    List.of(
                            "ip link add own0 index 4900 type bridge",
                            "ip link add eth0 link own0 index 5000 type macvlan mode bridge")) {
                pod.witness().run(command.split(" "));
            }
            node.del(pod);
            assertThat(LinkState.in(pod.witness())).extracting(LinkState::name).contains("eth0");
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type bridge", "link up9 type macvlan mode bridge"})
    void aLinkThatThePodMadeInTheDevicesPlaceStaysThePods(String kind) {
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, dev0());
            for (String command :
                    List.of(
                            "ip link add up9 type bridge",
                            "ip link delete eth0",
                            "ip link add eth0 index 5000 " + kind)) {
                pod.witness().run(command.split(" "));
            }
            Snapshot inside = pod.snapshot();
            node.del(pod);
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }

    @Test
    void checkFindsThatTheDeviceIsElsewhere() {
        try (RigPod pod = new RigPod("amf")) {
            node.add(pod, dev0());
            pod.witness().run("ip", "link", "set", "eth0", "netns", node.path());
            assertThatThrownBy(() -> node.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("link5000", "not there");
            node.del(pod);
        }
    }

    @Test
    void whicheverCallFailsTheDeviceIsGivenBack() {
        new FaultSweep(node, dev0()).everyCallFailsOnce();
        new FaultSweep(node, dev0()).everyCallOfDelFailsOnce();
    }

    @Test
    void wheneverTheProcessDiesTheDeviceIsGivenBack() {
        new FaultSweep(node, dev0()).theProcessDiesBeforeEveryCall();
        new FaultSweep(node, dev0()).theProcessDiesBeforeEveryCallOfDel();
    }
}
