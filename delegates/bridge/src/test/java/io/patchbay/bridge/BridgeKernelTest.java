package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernel")
class BridgeKernelTest extends OnBridgedNode {
    private static final String GATEWAY = "\"isDefaultGateway\": true, \"mtu\": 1400";

    @Test
    void podsReachEachOtherAndTheirGatewayInBothFamilies() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(GATEWAY));
            rig.add(two, network(GATEWAY));

            assertThatCode(
                            () -> {
                                ping(one, "10.7.0.3", "10.7.0.1");
                                ping(two, "fd07::2", "fd07::1");
                                rig.check(one);
                                rig.check(two);
                            })
                    .doesNotThrowAnyException();
            assertThat(one.witness().run("ip", "route", "show", "default")).contains("10.7.0.1");
            assertThat(one.witness().run("ip", "-6", "route", "show", "table", "100"))
                    .contains("fd99::/32 via fd07::1", "metric 7", "mtu 1400");
        }
    }

    @Test
    void theResultIsBridgeHostEndAndPodEndInThisOrder() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network(GATEWAY)).getFirst().result();

            assertThat(result.interfaces())
                    .extracting(CniResult.Interface::sandbox)
                    .containsExactly("", "", pod.path());
            assertThat(result.interfaces().getFirst().name()).isEqualTo("cni0");
            assertThat(result.ips()).allMatch(ip -> ip.link().orElseThrow() == 2);
            CniResult.Interface hostEnd = result.interfaces().get(1);
            assertThat(rig.witness().run("ip", "link", "show", hostEnd.name()))
                    .contains(hostEnd.mac().orElseThrow().toString(), "master cni0", "mtu 1400");
            CniResult.Interface podEnd = result.interfaces().get(2);
            assertThat(pod.witness().run("ip", "link", "show", "eth0"))
                    .contains(podEnd.mac().orElseThrow().toString(), "mtu 1400", "state UP");
        }
    }

    /// A setting below /proc/sys costs a thread in the pod; rtnetlink sets all that IPv4 needs.
    @Test
    void noThreadVisitsAPodForAnAddressOfIpv4() {
        try (RigPod pod = new RigPod("one")) {
            rig.faults().disarm();
            rig.add(pod, Networks.fixed("10.7.0.2/24", GATEWAY));

            assertThat(rig.faults().calls())
                    .filteredOn(call -> call.contains(pod.path()))
                    .anyMatch(call -> call.contains("SetArpNotify"))
                    .noneMatch(call -> call.startsWith("sysctl"))
                    .noneMatch(call -> call.startsWith("run inside"));
        }
    }

    @Test
    void delLeavesWhatWasThereBefore() {
        prime(GATEWAY);
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            Snapshot inside = pod.snapshot();
            rig.add(pod, network(GATEWAY), network(GATEWAY));
            rig.del(pod);
            rig.del(pod);

            assertThat(rig.snapshot().since(before)).isEmpty();
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }

    @Test
    void delWithoutTheNamespaceLeavesTheNodeAsItWas() {
        prime("\"ipMasq\": true");
        Snapshot before = rig.snapshot();
        RigPod pod = new RigPod("one");
        rig.add(pod, network("\"ipMasq\": true"));
        pod.close();
        rig.delWithoutNamespace(pod);

        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @Test
    void manyPodsAtOnceFindOneBridge() throws Exception {
        List<RigPod> pods = IntStream.range(0, 12).mapToObj(i -> new RigPod("p" + i)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(pods.size())) {
            List<Future<?>> adds =
                    pods.stream()
                            .<Future<?>>map(
                                    pod -> threads.submit(() -> rig.add(pod, network(GATEWAY))))
                            .toList();
            for (Future<?> add : adds) {
                add.get();
            }
        }
        assertThat(rig.witness().run("ip", "-br", "link", "show", "type", "bridge").lines())
                .hasSize(1);
        assertThat(rig.witness().run("ip", "-br", "link", "show", "master", "cni0").lines())
                .hasSize(pods.size());
        pods.forEach(rig::check);
        pods.forEach(rig::del);
        assertThat(rig.witness().run("ip", "-br", "link", "show", "master", "cni0")).isEmpty();
        pods.forEach(RigPod::close);
    }

    @Test
    void twoAttachmentsOfOneNetworkBringTheirRoutesBoth() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"isGateway\": true"), network("\"isGateway\": true"));

            assertThat(pod.witness().run("ip", "route", "show", "172.30.0.0/16").lines())
                    .hasSize(2)
                    .anyMatch(line -> line.contains("eth0") && !line.contains("metric"))
                    .anyMatch(line -> line.contains("net1") && line.contains("metric 1"));
            rig.check(pod);
        }
    }

    @Test
    void aNetworkWithoutIpamIsALinkThatIsUp() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result =
                    rig.add(pod, Networks.withoutAddresses("\"isGateway\": true"))
                            .getFirst()
                            .result();

            assertThat(result.ips()).isEmpty();
            assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains("state UP");
            rig.check(pod);
        }
    }

    @Test
    void aPodWhereIpv6IsOffForNewLinksGetsItsAddress() {
        try (RigPod pod = new RigPod("one")) {
            pod.witness().run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
            rig.add(pod, network(""));

            assertThat(pod.witness().run("ip", "-6", "address", "show", "eth0"))
                    .contains("fd07::2/64");
        }
    }

    @Test
    void theGatewayKeepsItsMacAddressOnABridgeThatWasThere() {
        rig.witness().run("ip", "link", "add", "cni0", "type", "bridge");
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(GATEWAY));
            String before = mac("cni0");
            for (int i = 0; i < 4; i++) {
                rig.add(two, network(GATEWAY));
                assertThat(mac("cni0")).isEqualTo(before);
                rig.del(two);
            }
        }
    }

    @Test
    void aLinkThatIsNoBridgeIsRefusedAndLeftAlone() {
        rig.witness().run("ip", "link", "add", "cni0", "type", "veth", "peer", "name", "other");
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network("")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"bridge\" is \"cni0\"")
                    .hasMessageContaining("veth");
        }
        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @Test
    void anotherNetworksAddressIsRefusedOrReplacedByForce() {
        prime(GATEWAY);
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() ->
                            rig.add(pod, Networks.fixed("10.8.0.5/24", "\"isGateway\": true")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("10.7.0.1/24");
            assertThat(pod.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();

            rig.add(
                    pod,
                    Networks.fixed("10.8.0.5/24", "\"isGateway\": true, \"forceAddress\": true"));
            assertThat(
                            rig.host()
                                    .rtnl()
                                    .addresses(
                                            rig.host().rtnl().find("cni0").orElseThrow().index()))
                    .contains(Cidr.parse("10.8.0.1/24"))
                    .doesNotContain(Cidr.parse("10.7.0.1/24"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pod,  ip route del 172.30.0.0/16,             172.30.0.0/16",
        "pod,  ip address del 10.7.0.2/24 dev eth0,    10.7.0.2/24",
        "pod,  ip link set eth0 down,                  is down",
        "pod,  ip link set eth0 name eth9,             is named eth9",
        "pod,  ip link del eth0,                       is not there",
        "node, ip address del 10.7.0.1/24 dev cni0,    10.7.0.1/24",
        "node, ip link del cni0,                       bridge cni0",
        "node, ip link set cni0 name cni1,             bridge cni0",
        "node, nft flush ruleset,                      masqueraded",
    })
    void checkNamesWhatIsNotAsItWas(String where, String command, String expected) {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"isGateway\": true, \"ipMasq\": true"));
            rig.check(pod);
            (where.equals("pod") ? pod.witness() : rig.witness()).run(command.split(" "));

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining(expected)
                    .returns(100, e -> ((CniException) e).code().value());
            rig.del(pod);
        }
    }

    @Test
    void checkFindsAHostEndThatWasPulledOff() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("")).getFirst().result();
            String hostEnd = result.interfaces().get(1).name();
            rig.witness().run("ip", "link", "set", hostEnd, "nomaster");

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining(hostEnd + " should be a port of bridge cni0");
        }
    }

    private void prime(String keys) {
        try (RigPod pod = new RigPod("first")) {
            rig.add(pod, network(keys));
            rig.del(pod);
        }
    }

    private String mac(String link) {
        return rig.host().rtnl().find(link).orElseThrow().mac().orElseThrow().toString();
    }

    private static void ping(RigPod from, String... addresses) {
        for (String address : addresses) {
            assertThat(Frames.reaches(from, address)).as(address).isTrue();
        }
    }
}
