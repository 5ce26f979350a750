package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedBranch;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Watch;
import io.patchbay.vpc.branch.PodEni;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods whose security groups are their own, through the delegate. One node is booted once: that
/// takes long in the emulated machine.
@Tag("stock-kernel")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class) // The last one starts the delegate anew.
@Timeout(600)
class VpcBranchesKernelTest {
    // Each waits half a minute for an address.
    private static final int TRIES = 10;

    @TempDir static Path state;

    private GrowingVpc cloud;
    private VpcNode node;
    private Optional<SimulatedEni> trunk = Optional.empty();
    private int vlans;

    @BeforeAll
    void boot() {
        cloud =
                GrowingVpc.open(
                        state,
                        Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType("m5.large"));
        cloud.vpc()
                .group(
                        new SecurityGroup(
                                "sg-0d",
                                "members",
                                List.of(
                                        new Permission(
                                                "-1", 0, 65535, List.of(), List.of("sg-0d"))),
                                List.of(Permission.ALL)));
        node =
                cloud.bootWith(
                        "a",
                        BranchPodsKernelTest.SECTION,
                        _ ->
                                trunk =
                                        Optional.of(
                                                cloud.vpc()
                                                        .attach("a", creation().as(Kind.TRUNK))));
        try (RigPod first = new RigPod("first")) {
            addAgainAndAgain(first);
            node.rig().del(first);
        }
    }

    /// As a kubelet does: a slow machine's first questions to the cloud run out of time. Once a pod
    /// has an address, EC2 has told of the trunk too.
    private void addAgainAndAgain(RigPod pod) {
        for (int tries = 1; ; tries++) {
            try {
                node.add(pod);
                return;
            } catch (CniException e) {
                if (tries == TRIES || e.code().value() != 11) {
                    throw e;
                }
                node.rig().del(pod);
            }
        }
    }

    @AfterAll
    void close() {
        node.close();
        cloud.close();
    }

    private Creation creation() {
        return Creation.in(cloud.vpc().subnets().getFirst().id(), Order.addresses(0));
    }

    private InetAddress add(RigPod pod, String... groups) {
        SimulatedBranch branch = branch(groups);
        tell(pod, branch);
        assertThat(node.add(pod)).isEqualTo(branch.primary());
        return branch.primary();
    }

    private SimulatedBranch branch(String... groups) {
        return cloud.vpc().branch(trunk.orElseThrow().id(), ++vlans, creation().inGroups(groups));
    }

    private void tell(RigPod pod, SimulatedBranch branch) {
        node.rig().cluster().limit(pod.ref(), BranchPodsKernelTest.RESOURCE, 1);
        node.rig().cluster().annotate(pod.ref(), PodEni.KEY, PodEniText.of(branch));
    }

    /// Nothing is different after it.
    private void refused(RigPod pod, String... words) {
        Snapshot before = node.rig().snapshot().plus(pod.snapshot());
        assertThatThrownBy(() -> node.add(pod))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(11))
                .hasMessageContainingAll(words);
        assertThat(node.rig().snapshot().plus(pod.snapshot()).since(before)).isEmpty();
    }

    /// As a pod made anew under its name, whose annotation somebody copied.
    @Test
    void aBranchOfAnEarlierPodIsNotTakenBeforeThatIsGone() {
        try (RigPod earlier = new RigPod("earlier");
                RigPod later = new RigPod("later")) {
            SimulatedBranch branch = branch("sg-0d");
            tell(earlier, branch);
            node.add(earlier);
            tell(later, branch);
            refused(later, "VLAN " + vlans, "rig/later", "rig/earlier", "waits for its DEL");
            node.rig().check(earlier);
            node.rig().delWithoutNamespace(earlier);
            assertThat(node.add(later)).isEqualTo(branch.primary());
            node.rig().check(later);
            node.rig().del(later);
            cloud.vpc().delete(branch.id());
        }
    }

    @Test
    void aBranchWaitsForATrunkThatIsDetached() {
        try (RigPod pod = new RigPod("pod")) {
            SimulatedBranch branch = branch("sg-0d");
            tell(pod, branch);
            cloud.vpc().delete(branch.id());
            cloud.vpc().detach(trunk.orElseThrow().id());
            refused(pod, "trunk interface");
            cloud.vpc().attach("a", trunk.orElseThrow().id());
            SimulatedBranch next = branch("sg-0d");
            tell(pod, next);
            addOnceTheTrunkIsKnown(pod);
            node.rig().check(pod);
            node.rig().del(pod);
            cloud.vpc().delete(next.id());
        }
    }

    /// What is attached is read every minute.
    private void addOnceTheTrunkIsKnown(RigPod pod) {
        Instant end = Instant.now().plusSeconds(120);
        while (true) {
            try (Watch watch = node.rig().host().watch()) {
                try {
                    node.add(pod);
                    return;
                } catch (CniException e) {
                    assertThat(e).hasMessageContaining("trunk interface");
                    assertThat(Instant.now()).isBefore(end);
                }
                watch.await(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void theGroupsOfThePodDecideAndItEndsWithoutItsNamespace() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two");
                RigPod plain = new RigPod("plain")) {
            node.add(plain);
            Snapshot before = node.rig().snapshot();
            add(one, "sg-0d");
            InetAddress second = add(two, "sg-0d");
            assertThat(VpcNode.reaches(one, second)).isTrue();
            assertThat(VpcNode.reaches(one, cloud.vpc().internet())).isTrue();
            assertThat(VpcNode.reaches(plain, second, "-w", "3")).isFalse();
            List.of(one, two).forEach(node.rig()::check);
            assertThat(node.rig().restart()).isEmpty();
            List.of(one, two).forEach(node.rig()::check);
            assertThat(VpcNode.reaches(one, second)).isTrue();
            node.rig().delWithoutNamespace(one);
            node.rig().del(two);
            assertThat(node.rig().snapshot().since(before))
                    .filteredOn(line -> line.matches("node (links|routes|rules|addresses) .*"))
                    // The trunk's link stays up.
                    .noneMatch(line -> !line.contains("\"ifname\":\"eth1\""));
            node.rig().del(plain);
        }
    }

    @Test
    void aRouteThatSomebodyTakesFromABranchIsRestored() {
        try (RigPod pod = new RigPod("pod")) {
            InetAddress address = add(pod, "sg-0d");
            String table = Integer.toString(100 + vlans);
            node.rig().witness().run("ip", "route", "flush", "table", table);
            try (Watch watch = node.rig().host().watch()) {
                while (!routes(table).contains(Cidr.text(address))) {
                    assertThat(watch.await(Duration.ofSeconds(1))).isIn(true, false);
                }
            }
            node.rig().check(pod);
            node.rig().del(pod);
        }
    }

    private String routes(String table) {
        return node.rig().witness().run("ip", "route", "show", "table", table);
    }
}
