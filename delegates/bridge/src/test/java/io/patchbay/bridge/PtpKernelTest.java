package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernel")
class PtpKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new PtpProvider());
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private String network(String keys) {
        return Networks.dualStack(rig.leases(), keys).replace("\"bridge\"", "\"ptp\"");
    }

    private static String fixed(String address, String keys) {
        return Networks.fixed(address, keys).replace("\"bridge\"", "\"ptp\"");
    }

    @Test
    void podsReachEachOtherAndTheNodeThroughIt() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));
            rig.add(two, network(""));

            assertThat(Frames.reaches(one, "10.7.0.1")).isTrue();
            assertThat(Frames.reaches(one, "10.7.0.3")).isTrue();
            assertThat(Frames.reaches(two, "fd07::1")).isTrue();
            assertThat(Frames.reaches(two, "fd07::2")).isTrue();
            rig.check(one);
            rig.check(two);
        }
    }

    @Test
    void theResultIsHostEndAndPodEndInThisOrder() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("\"mtu\": 1400")).getFirst().result();

            assertThat(result.interfaces())
                    .extracting(CniResult.Interface::sandbox)
                    .containsExactly("", pod.path());
            assertThat(result.ips()).allMatch(ip -> ip.link().orElseThrow() == 1);
            CniResult.Interface hostEnd = result.interfaces().getFirst();
            assertThat(rig.witness().run("ip", "link", "show", hostEnd.name()))
                    .contains(hostEnd.mac().orElseThrow().toString(), "mtu 1400", "state UP")
                    .doesNotContain("master");
            assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains("mtu 1400");
        }
    }

    @Test
    void aPodsSubnetIsBehindItsGatewayAndTheNodeKnowsItsAddresses() {
        try (RigPod pod = new RigPod("one")) {
            String hostEnd = hostEnd(pod, network(""));

            assertThat(pod.witness().run("ip", "route", "show").lines())
                    .anyMatch(line ->
                            line.startsWith("10.7.0.1 dev eth0")
                                    && line.contains("scope link src 10.7.0.2"))
                    .anyMatch(line ->
                            line.startsWith("10.7.0.0/24 via 10.7.0.1 dev eth0")
                                    && line.contains("src 10.7.0.2"))
                    .anyMatch(line -> line.startsWith("172.30.0.0/16 via 10.7.0.1"))
                    .hasSize(3);
            assertThat(pod.witness().run("ip", "-6", "route", "show").lines())
                    .anyMatch(line -> line.startsWith("fd07::1 dev eth0"))
                    .anyMatch(line -> line.startsWith("fd07::/64 via fd07::1 dev eth0"))
                    .noneMatch(line -> line.startsWith("fd07::/64 dev"));
            assertThat(rig.witness().run("ip", "address", "show", hostEnd))
                    .contains("inet 10.7.0.1/32", "inet6 fd07::1/128");
            assertThat(rig.witness().run("ip", "route", "show"))
                    .contains("10.7.0.2 dev " + hostEnd + " proto static scope host");
            assertThat(rig.witness().run("ip", "-6", "route", "show"))
                    .contains("fd07::2 dev " + hostEnd);
        }
    }

    private String hostEnd(RigPod pod, String network) {
        return rig.add(pod, network).getFirst().result().interfaces().getFirst().name();
    }

    /// The reference plugin takes mtu and advmss of a route, and gives it neither.
    @Test
    void aRouteHasTheMtuThatItsLeaseGivesIt() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network(""));

            assertThat(pod.witness().run("ip", "-6", "route", "show", "table", "100"))
                    .contains("fd99::/32 via fd07::1", "metric 7", "mtu 1400");
        }
    }

    @Test
    void anAddressThatIsItsOwnSubnetNeedsAGateway() {
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, fixed("10.8.0.5/32", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("10.8.0.5/32")
                    .returns(7, e -> ((CniException) e).code().value());
            String gateway =
                    fixed("10.8.0.5/32", "")
                            .replace("5/32\"", "5/32\", \"gateway\": \"169.254.1.1\"");
            rig.add(pod, gateway);

            assertThat(Frames.reaches(pod, "169.254.1.1")).isTrue();
            assertThat(pod.witness().run("ip", "route", "show").lines()).hasSize(1);
            rig.check(pod);
        }
    }

    /// The reference plugin goes on, and the second pod hears nothing.
    @Test
    void anAddressThatAnotherPodHasIsRefusedAndTheFirstPodKeepsIt() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            String first = hostEnd(one, fixed("10.8.0.5/24", ""));
            Snapshot before = rig.snapshot();

            assertThatThrownBy(() -> rig.add(two, fixed("10.8.0.5/24", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("10.8.0.5/32")
                    .hasMessageContaining(first)
                    .returns(7, e -> ((CniException) e).code().value());
            assertThat(rig.snapshot().since(before)).isEmpty();
            rig.check(one);
        }
    }

    @Test
    void aNetworkWithoutIpamIsRefused() {
        try (RigPod pod = new RigPod("one")) {
            Snapshot before = rig.snapshot();
            String without = Networks.withoutAddresses("").replace("\"bridge\"", "\"ptp\"");

            assertThatThrownBy(() -> rig.add(pod, without))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"ipam\" is missing")
                    .returns(7, e -> ((CniException) e).code().value());
            assertThat(rig.snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void delWithoutTheNamespaceLeavesTheNodeAsItWas() {
        try (RigPod first = new RigPod("first")) {
            rig.add(first, network("\"ipMasq\": true"));
            rig.del(first);
        }
        Snapshot before = rig.snapshot();
        RigPod pod = new RigPod("one");
        rig.add(pod, network("\"ipMasq\": true"));
        assertThat(rig.witness().run("nft", "list", "table", "inet", "patchbay_ptp_masquerade"))
                .contains("10.7.0.3 . 10.7.0.0/24");
        pod.close();
        rig.delWithoutNamespace(pod);

        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pod,  ip route del 10.7.0.1 dev eth0,        10.7.0.1/32",
        "pod,  ip route del 10.7.0.0/24,              10.7.0.0/24",
        "pod,  ip -6 route del fd07::1 dev eth0,      fd07::1/128",
        "pod,  ip address del 10.7.0.2/24 dev eth0,   10.7.0.2/24",
        "node, ip route del 10.7.0.2 dev HOST,        10.7.0.2/32",
        "node, ip address del 10.7.0.1/32 dev HOST,   10.7.0.1/32",
        "node, ip link set HOST down,                 is down",
        "node, nft flush ruleset,                     masqueraded",
    })
    void checkNamesWhatIsNotAsItWas(String where, String command, String expected) {
        try (RigPod pod = new RigPod("one")) {
            String hostEnd = hostEnd(pod, network("\"ipMasq\": true"));
            rig.check(pod);
            (where.equals("pod") ? pod.witness() : rig.witness())
                    .run(command.replace("HOST", hostEnd).split(" "));

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining(expected)
                    .returns(100, e -> ((CniException) e).code().value());
            rig.del(pod);
        }
    }
}
