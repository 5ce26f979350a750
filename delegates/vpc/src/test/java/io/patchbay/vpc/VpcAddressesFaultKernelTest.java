package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.bridge.BridgeProvider;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A delegate that tells of no uplink, with addresses of an interface that its network names.
@Tag("kernel")
@Timeout(600)
class VpcAddressesFaultKernelTest {
    private static final String NETWORK =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"side\", \"type\": \"bridge\", \"bridge\": \"br7\", \"ipam\": {\"type\": \"vpc\"%s}}";

    @TempDir Path state;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private VpcNode node;

    @BeforeEach
    void boot() {
        node = VpcNode.bootBeside(new BridgeProvider(), vpc, state, 0, 6);
    }

    @AfterEach
    void close() {
        node.close();
        vpc.close();
    }

    private String eth1() {
        return node.node().enis().get(1).id();
    }

    private String named() {
        return NETWORK.formatted(
                ", \"eni\": \"%s\", \"count\": 2, \"routes\": [{\"dst\": \"172.30.0.0/16\"}]"
                        .formatted(eth1()));
    }

    static Stream<Consumer<FaultSweep>> sweeps() {
        return Stream.of(
                FaultSweep::everyCallFailsOnce,
                FaultSweep::theProcessDiesBeforeEveryCall,
                FaultSweep::everyCallOfDelFailsOnce,
                FaultSweep::theProcessDiesBeforeEveryCallOfDel);
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void whicheverCallGoesWrongADelLeavesNothing(Consumer<FaultSweep> sweep) {
        sweep.accept(new FaultSweep(node.rig(), named()));
        assertThat(held()).isZero();
    }

    @Test
    void anInterfaceThatIsNamedGivesItsAddressesWithRoutesByTheVpcsRouter() {
        try (RigPod pod = new RigPod("pod")) {
            AttachedNetwork attached = node.rig().add(pod, named()).getFirst();
            assertThat(attached.result().ips())
                    .extracting(ip -> ip.address().address())
                    .hasSize(2)
                    .isSubsetOf(node.node().enis().get(1).secondaries());
            assertThat(pod.witness().run("ip", "-j", "route"))
                    .contains("172.30.0.0/16", "\"gateway\":\"10.0.0.1\"");
            node.rig().check(pod);
            InetAddress other = otherPods();
            assertThat(attached.result().ips())
                    .noneMatch(ip -> ip.address().address().equals(other));
            node.rig().del(pod);
        }
    }

    private InetAddress otherPods() {
        try (RigPod other = new RigPod("other")) {
            InetAddress address = node.add(other);
            node.rig().del(other);
            return address;
        }
    }

    @Test
    void withoutAnUplinkTheInterfaceHasToBeNamed() {
        try (RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.rig().add(pod, NETWORK.formatted("")))
                    .isInstanceOfSatisfying(
                            CniException.class,
                            e -> {
                                assertThat(e.code().value()).isEqualTo(7);
                                assertThat(e).hasMessageContaining("\"ipam.eni\"");
                            });
            node.rig().del(pod);
        }
    }

    @Test
    void statusTellsThatTheNamedInterfaceIsMissing() {
        node.rig().status(named());
        assertThatThrownBy(() -> node.rig().status(NETWORK.formatted(", \"eni\": \"eni-0123\"")))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> {
                            assertThat(e.code().value()).isEqualTo(50);
                            assertThat(e).hasMessageContainingAll("eni-0123", eth1());
                        });
    }

    @Test
    void whatNoPodHasIsCollectedWithItsNetworkAlone() {
        try (RigPod pod = new RigPod("pod");
                RigPod next = new RigPod("next")) {
            node.rig().add(pod, named());
            assertThat(node.rig().restartWithoutJournal()).isEmpty();
            node.rig().gc(List.of(), VpcNode.CONFIG);
            node.add(next);
            assertThat(held()).isEqualTo(3);
            node.rig().gc(List.of(next), named());
            assertThat(held()).isEqualTo(1);
            node.rig().del(next);
        }
    }

    /// How many addresses there are notes of.
    private long held() {
        try {
            return Disk.files(state).stream()
                    .filter(file -> file.toString().contains("/addresses/"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
