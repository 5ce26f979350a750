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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What CNI 1.1 lets an IPAM say of a route, as the kernel has it of a macvlan link.
@Tag("kernel")
class RouteFieldsKernelTest {
    private static final String STATIC =
            """
            "type": "static", "addresses": [{"address": "10.7.0.2/24", "gateway": "10.7.0.1"}]\
            """;
    private static final String ROUTES =
            """
            "routes": [{"dst": "172.30.0.0/16", "mtu": 1300, "advmss": 1200, "priority": 7, "table": 100},
                       {"dst": "172.31.0.0/16", "scope": 253, "priority": 8, "table": 100}]\
            """;

    @TempDir private Path state;
    private NodeRig rig;
    private RigPod pod;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new MacvlanProvider());
        Networks.layParent(rig);
        pod = new RigPod("one");
    }

    @AfterEach
    void closeNode() {
        pod.close();
        rig.close();
    }

    private void add(String ipam) {
        rig.add(
                pod,
                "{\"cniVersion\": \"1.1.0\", \"name\": \"n\", \"type\": \"macvlan\", \"ipam\": {%s, %s}}"
                        .formatted(ipam, ROUTES));
    }

    private String hostLocal() {
        return "\"type\": \"host-local\", \"dataDir\": \"%s\", \"subnet\": \"10.7.0.0/24\""
                .formatted(rig.leases());
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "host-local"})
    void allOfItIsOnTheRoute(String ipam) {
        add(ipam.equals("static") ? STATIC : hostLocal());

        assertThat(pod.witness().run("ip", "route", "show", "table", "100").lines())
                .anySatisfy(route ->
                        assertThat(route)
                                .startsWith("172.30.0.0/16 via 10.7.0.1 dev eth0")
                                .contains("metric 7", "mtu 1300", "advmss 1200"))
                .anySatisfy(route ->
                        assertThat(route)
                                .startsWith("172.31.0.0/16 dev eth0")
                                .contains("scope link", "metric 8"))
                .hasSize(2);
        rig.check(pod);
    }

    @ParameterizedTest
    @CsvSource({
        "mtu,      172.30.0.0/16, via 10.7.0.1 table 100 metric 7 mtu 1400 advmss 1200",
        "advmss,   172.30.0.0/16, via 10.7.0.1 table 100 metric 7 mtu 1300",
        "priority, 172.30.0.0/16, via 10.7.0.1 table 100 metric 6 mtu 1300 advmss 1200",
        "table,    172.30.0.0/16, via 10.7.0.1 table 101 metric 7 mtu 1300 advmss 1200",
        "scope,    172.31.0.0/16, dev eth0 table 100 metric 8 scope host",
    })
    void checkFindsWhatIsOther(String field, String destination, String other) {
        add(STATIC);
        rig.check(pod);
        pod.witness().run("ip", "route", "del", destination, "table", "100");
        pod.witness().run(("ip route add " + destination + " " + other).split(" "));

        assertThatThrownBy(() -> rig.check(pod))
                .as(field)
                .isInstanceOf(CniException.class)
                .hasMessageContaining("route " + destination)
                .returns(100, e -> ((CniException) e).code().value());
    }
}
