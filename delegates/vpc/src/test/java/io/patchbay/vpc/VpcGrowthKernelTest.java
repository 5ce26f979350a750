package io.patchbay.vpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.vpc.Attribute;
import io.patchbay.cloud.vpc.ConnectionTracking;
import io.patchbay.cloud.vpc.Interfaces;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Tags;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Identity;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A pool that grows by EC2, through the AWS SDK.
@Tag("kernel")
@Timeout(600)
class VpcGrowthKernelTest {
    private static final String NO_MANAGE = "node.k8s.amazonaws.com/no_manage";
    private static final String SUBNET = "kubernetes.io/role/cni";

    @TempDir Path state;

    private GrowingVpc cloud(String type) {
        return GrowingVpc.open(
                state, Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType(type));
    }

    @Test
    void podsGetAddressesThatWereAssignedForThem() {
        try (GrowingVpc cloud = cloud("m5.large");
                VpcNode node = cloud.boot("a", Map.of(), 0)) {
            List<RigPod> pods = new ArrayList<>();
            List<InetAddress> addresses = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                RigPod pod = new RigPod("p" + i);
                pods.add(pod);
                addresses.add(node.add(pod));
            }
            assertThat(new HashSet<>(addresses)).hasSize(14);
            SimulatedNode now = cloud.vpc().node("a");
            assertThat(now.enis()).hasSizeGreaterThan(1);
            assertThat(addresses)
                    .allMatch(address ->
                            now.enis().stream().anyMatch(eni -> eni.addresses().contains(address)));
            assertThat(VpcNode.reaches(pods.getFirst(), addresses.getLast())).isTrue();
            assertThat(VpcNode.reaches(pods.getLast(), cloud.vpc().internet())).isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(new Dropped(0, 0, 0));
            pods.forEach(pod -> {
                node.rig().del(pod);
                pod.close();
            });
        }
    }

    @Test
    void prefixesServeSixteenPodsByOneCall() {
        try (GrowingVpc cloud = cloud("m5.large");
                VpcNode node = cloud.boot("a", Map.of("prefixes", true), 0);
                RigPod pod = new RigPod("p")) {
            InetAddress address = node.add(pod);
            assertThat(cloud.vpc().ledger().now().owner(address).orElseThrow().blocks())
                    .anyMatch(block -> block.prefix() == 28 && block.contains(address));
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            node.rig().del(pod);
        }
    }

    /// Its primary interface takes no pods, and the only other one of the first card is another's.
    private VpcNode bootWithFullCard(GrowingVpc cloud, int... othersCards) {
        return cloud.boot(
                "a",
                Map.of(),
                _ -> {
                    others(cloud, 0);
                    for (int card : othersCards) {
                        others(cloud, card);
                    }
                },
                0);
    }

    private static void others(GrowingVpc cloud, int card) {
        String eni = cloud.vpc().attach("a", card, 0).id();
        cloud.vpc()
                .ledger()
                .change(vpc -> Tags.create(vpc, List.of(eni), Map.of(NO_MANAGE, "true")));
    }

    private GrowingVpc cloudOfCards() {
        return GrowingVpc.open(
                state,
                Layout.of("10.0.0.0/16")
                        .subnet("10.0.0.0/24", Layout.ZONE, Map.of(SUBNET, "0"))
                        .subnet("10.0.1.0/24", Layout.ZONE, Map.of(SUBNET, "1"))
                        .instanceType("p5.48xlarge"));
    }

    @Test
    void podsGetAddressesOfTheSecondNetworkCardWhenTheFirstIsFull() {
        try (GrowingVpc cloud = cloudOfCards();
                VpcNode node = bootWithFullCard(cloud);
                RigPod pod = new RigPod("pod")) {
            InetAddress address = node.add(pod);
            assertThat(ofCard(cloud, 1).addresses()).contains(address);
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            assertThat(node.rig().witness().run("ip", "rule"))
                    .contains("from %s lookup 10101".formatted(Cidr.text(address)));
            assertThat(cloud.vpc().dropped()).isEqualTo(new Dropped(0, 0, 0));
        }
    }

    @Test
    void aNetworkCardThatIsSomebodyElsesIsLeftAlone() {
        try (GrowingVpc cloud = cloudOfCards();
                VpcNode node = bootWithFullCard(cloud, 1);
                RigPod pod = new RigPod("pod")) {
            InetAddress address = node.add(pod);
            assertThat(ofCard(cloud, 2).addresses()).contains(address);
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
        }
    }

    private static SimulatedEni ofCard(GrowingVpc cloud, int card) {
        return cloud.vpc().node("a").enis().stream()
                .filter(eni -> eni.card() == card && !eni.secondaries().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsMadeIsAsThePrimaryInterfaceAndWhatWasMadeByHandIsTagged() {
        ConnectionTracking times =
                new ConnectionTracking(Optional.of(350), Optional.empty(), Optional.of(45));
        try (GrowingVpc cloud = cloud("m5.large");
                VpcNode node =
                        cloud.boot(
                                "a",
                                Map.of("warmInterfaces", 2),
                                now ->
                                        cloud.vpc()
                                                .ledger()
                                                .change(vpc ->
                                                        Interfaces.modify(
                                                                vpc,
                                                                now.primary().id(),
                                                                new Attribute.Tracking(times))),
                                9,
                                1);
                RigPod pod = new RigPod("pod")) {
            node.add(pod);
            await(
                    cloud,
                    vpc -> find(vpc, 2).filter(eni -> eni.tracking().equals(times)).isPresent());
            await(
                    cloud,
                    vpc ->
                            find(vpc, 1)
                                    .filter(eni ->
                                            node.node()
                                                    .instanceId()
                                                    .equals(eni.tags().get(Identity.INSTANCE)))
                                    .isPresent());
        }
    }

    private static Optional<NetworkInterface> find(Vpc vpc, int device) {
        return vpc.interfaces().values().stream()
                .filter(eni -> eni.attachment().filter(at -> at.device() == device).isPresent())
                .findFirst();
    }

    static void await(GrowingVpc cloud, Predicate<Vpc> wanted) {
        CountDownLatch seen = new CountDownLatch(1);
        cloud.vpc()
                .ledger()
                .follow(vpc -> {
                    if (wanted.test(vpc)) {
                        seen.countDown();
                    }
                });
        try {
            assertThat(wanted.test(cloud.vpc().ledger().now()) || seen.await(60, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
