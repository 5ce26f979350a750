package io.patchbay.vpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Links of other delegates with addresses of the VPC: on interfaces that are left to them, and on
/// those of the pool.
@Tag("kernel")
@Timeout(600)
class VpcAddressesKernelTest extends OnGrowingVpc {
    private static final String LINK =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"signal\", %s, \"ipam\": {\"type\": \"vpc\"%s}}";
    private static final String PASSTHRU =
            "\"type\": \"macvlan\", \"mode\": \"passthru\", \"master\": \"eth1\"";
    private static final String DEVICE = "\"type\": \"host-device\", \"device\": \"eth1\"";

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16", "2600:1f14::/56")
                .subnet("10.0.0.0/24")
                .subnet("10.0.1.0/24")
                .ipv6("2600:1f14:0:1::/64")
                .instanceType("m5.large");
    }

    private static String network(String keys) {
        return LINK.formatted(keys, "");
    }

    private SimulatedEni eni(String node, int device) {
        return cloud.vpc().node(node).enis().get(device);
    }

    private static CniResult.Ip ip(List<AttachedNetwork> attached) {
        return attached.getLast().result().ips().getFirst();
    }

    private static InetAddress address(List<AttachedNetwork> attached) {
        return ip(attached).address().address();
    }

    /// Both pods' first interfaces are the VPC's own too.
    @Test
    void linksOnInterfacesOfTwoNodesReachEachOtherAndNoOtherAddressDoes() {
        try (VpcNode a = cloud.bootWithUnmanaged("a", 0);
                VpcNode b = cloud.bootWithUnmanaged("b", 0);
                RigPod near = new RigPod("near");
                RigPod far = new RigPod("far")) {
            List<AttachedNetwork> here = a.rig().add(near, VpcNode.CONFIG, network(PASSTHRU));
            List<AttachedNetwork> there = b.rig().add(far, VpcNode.CONFIG, network(PASSTHRU));

            assertThat(ip(here).address().prefix()).isEqualTo(24);
            assertThat(ip(here).gateway()).contains(Cidr.address("10.0.1.1"));
            assertThat(eni("a", 1).secondaries()).containsExactly(address(here));
            assertThat(eni("b", 1).secondaries()).containsExactly(address(there));
            assertThat(VpcNode.reaches(near, address(there), "-I", "net1")).isTrue();
            assertThat(VpcNode.reaches(far, address(here), "-I", "net1")).isTrue();
            assertThat(VpcNode.reaches(near, VpcNode.address(there.getFirst()), "-I", "eth0"))
                    .isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(Dropped.NONE);
            a.rig().check(near);

            near.witness().run("ip", "address", "add", "10.0.1.99/24", "dev", "net1");
            assertThat(VpcNode.reaches(near, address(there), "-I", "10.0.1.99", "-w", "2"))
                    .isFalse();
            assertThat(cloud.vpc().dropped().foreignSource()).isPositive();
            a.rig().del(near);
            b.rig().del(far);
        }
    }

    @Test
    void whatWasAssignedForALinkIsReturnedAndWhatAnOperatorAssignedStays() {
        try (VpcNode node = cloud.bootWithUnmanaged("a", 1, 0);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            List<InetAddress> byHand = eni("a", 1).secondaries();
            InetAddress given = address(node.rig().add(first, VpcNode.CONFIG, network(PASSTHRU)));
            assertThat(byHand).containsExactly(given);
            InetAddress ours =
                    address(
                            node.rig()
                                    .add(
                                            second,
                                            VpcNode.CONFIG,
                                            network(PASSTHRU.replace("eth1", "eth2"))));
            assertThat(eni("a", 2).secondaries()).containsExactly(ours);

            node.rig().del(first);
            node.rig().del(second);
            await(_ -> eni("a", 2).secondaries().isEmpty());
            assertThat(eni("a", 1).secondaries()).isEqualTo(byHand);
        }
    }

    @Test
    void aLeaseOutlivesARestartAndAnOperatorsLoss() {
        try (VpcNode node = cloud.bootWithUnmanaged("a", 0, 0);
                RigPod pod = new RigPod("pod");
                RigPod later = new RigPod("later")) {
            InetAddress given = address(node.rig().add(pod, VpcNode.CONFIG, network(PASSTHRU)));
            assertThat(node.rig().restart()).isEmpty();
            node.rig().check(pod);
            assertThat(eni("a", 1).secondaries()).containsExactly(given);

            cloud.vpc().unassign(eni("a", 1).id(), given);
            assertThat(node.rig().restart()).isEmpty();
            // Which has to wait until EC2 has told of both.
            node.rig().add(later, VpcNode.CONFIG, network(PASSTHRU.replace("eth1", "eth2")));
            assertThatThrownBy(() -> node.rig().check(pod))
                    .hasMessageContainingAll(Cidr.text(given), eni("a", 1).id(), "is not");
            node.rig().del(pod);
            node.rig().del(later);
        }
    }

    @Test
    void aLeaseWhosePodIsForgottenIsCollected() {
        try (VpcNode node = cloud.bootWithUnmanaged("a", 0);
                RigPod pod = new RigPod("pod")) {
            node.rig().add(pod, VpcNode.CONFIG, network(PASSTHRU));
            assertThat(node.rig().restartWithoutJournal()).isEmpty();
            node.rig().gc(List.of(), VpcNode.CONFIG, network(PASSTHRU));
            await(_ -> eni("a", 1).secondaries().isEmpty());
        }
    }

    @Test
    void anInterfaceThatIsAPodsAloneHasItsOwnAddressesAndComesBack() {
        String both = LINK.formatted(DEVICE, ", \"families\": [\"ipv4\", \"ipv6\"]");
        try (VpcNode a = cloud.bootWithUnmanaged("a", 1);
                VpcNode b = cloud.bootWithUnmanaged("b", 1);
                RigPod near = new RigPod("near");
                RigPod far = new RigPod("far")) {
            giveIpv6("a");
            a.rig().add(near, VpcNode.CONFIG);
            a.rig().del(near);
            Snapshot before = a.rig().snapshot();
            assertThat(a.rig().restart()).isEmpty();
            List<AttachedNetwork> here = a.rig().add(near, VpcNode.CONFIG, both);
            List<AttachedNetwork> there = b.rig().add(far, VpcNode.CONFIG, network(DEVICE));

            assertThat(here.getLast().result().ips())
                    .extracting(ip -> ip.address().address())
                    .containsExactly(eni("a", 1).primary(), eni("a", 1).primary6().orElseThrow());
            assertThat(VpcNode.reaches(near, address(there), "-I", "net1")).isTrue();
            assertThat(VpcNode.reaches(far, address(here), "-I", "net1")).isTrue();
            a.rig().check(near);
            assertThat(a.rig().restart()).isEmpty();
            a.rig().check(near);
            a.rig().del(near);
            b.rig().del(far);
            assertThat(a.rig().snapshot().since(before))
                    .filteredOn(line -> line.matches("node (links|routes|rules|addresses) .*"))
                    .noneMatch(line -> line.contains("eth1"));
        }
    }

    private void giveIpv6(String node) {
        cloud.vpc().assign(eni(node, 1).id(), Order.ipv6Addresses(1));
    }

    @Test
    void anInterfaceIsNotGivenWhileOthersHaveAddressesOfItNorSharedWhileItIsGiven() {
        String named =
                "{\"cniVersion\": \"1.1.0\", \"name\": \"named\", %s, \"ipam\": {\"type\": \"vpc\", \"eni\": \"%s\"}}";
        try (VpcNode node = cloud.bootWithUnmanaged("a", 2);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            String id = eni("a", 1).id();
            node.rig().add(first, VpcNode.CONFIG, named.formatted(PASSTHRU, id));
            assertThatThrownBy(() ->
                            node.rig().add(second, VpcNode.CONFIG, named.formatted(DEVICE, id)))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll(id, "is with", "first");
            node.rig().del(second);
            node.rig().del(first);
            node.rig().add(second, VpcNode.CONFIG, named.formatted(DEVICE, id));
            node.rig().del(second);
        }
    }

    /// It has no link that would tell, so the network names it.
    @Test
    void anInterfaceThatAProcessDrivesHasItsOwnAddressInTheResult() throws IOException {
        PaperCard card = new PaperCard(Files.createDirectory(state.resolve("card")));
        String function = PaperCard.virtual(0, 0).value();
        String config = "\"type\": \"host-device\", \"pciBusID\": \"%s\"".formatted(function);
        Hardware unassigned =
                new Hardware(card.hardware().kernel(), card.hardware().state(), List.of());
        try (VpcNode node = cloud.bootWithUnmanaged(unassigned, "a", 0);
                RigPod pod = new RigPod("pod")) {
            card.plug(node.rig().witness());
            card.machine().unbound(function).bound(function, "vfio-pci");
            assertThatThrownBy(() -> node.rig().add(pod, VpcNode.CONFIG, network(config)))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"ipam.eni\"");
            node.rig().del(pod);

            AttachedNetwork attached =
                    node.rig()
                            .add(
                                    pod,
                                    VpcNode.CONFIG,
                                    LINK.formatted(
                                            config,
                                            ", \"eni\": \"%s\"".formatted(eni("a", 1).id())))
                            .getLast();
            assertThat(attached.result().ips())
                    .extracting(ip -> ip.address().address())
                    .containsExactly(eni("a", 1).primary());
            assertThat(attached.result().interfaces().getFirst().pciId()).contains(function);
            node.rig().del(pod);
        }
    }

    @Test
    void anInterfaceThatIsAttachedLaterIsFound() {
        try (VpcNode node = cloud.bootWithUnmanaged("a");
                RigPod pod = new RigPod("pod")) {
            node.add(pod);
            node.rig().del(pod);
            cloud.attachUnmanaged(node, "a");
            InetAddress given = address(node.rig().add(pod, VpcNode.CONFIG, network(PASSTHRU)));
            assertThat(eni("a", 1).secondaries()).containsExactly(given);
            node.rig().del(pod);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\": \"macvlan\", \"master\": \"eth1\" | | MAC address of its own",
                "\"type\": \"vlan\", \"master\": \"eth1\", \"vlanId\": 7 | | tagged frames",
                "\"type\": \"ipvlan\", \"master\": \"eth1\", \"mode\": \"l3\" | | use mode l2",
                "\"type\": \"macvlan\", \"mode\": \"passthru\", \"master\": \"other\" | | link other is none",
                "\"type\": \"macvlan\", \"mode\": \"passthru\", \"master\": \"eth1\" | , \"eni\": \"eni-0123\" | eni-0123",
                "\"type\": \"macvlan\", \"mode\": \"passthru\", \"master\": \"eth0\" | | name another",
            })
    void aLinkThatTheVpcWouldNotCarryIsRefused(String keys, String ipam, String sentence) {
        String config = LINK.formatted(keys, ipam == null ? "" : ipam);
        try (VpcNode node = cloud.bootWithUnmanaged("a", 1);
                RigPod pod = new RigPod("pod")) {
            node.rig().witness().run("ip", "link", "add", "other", "up", "type", "veth");
            Snapshot before = pod.snapshot();
            assertThatThrownBy(() -> node.rig().add(pod, VpcNode.CONFIG, config))
                    .isInstanceOfSatisfying(
                            CniException.class,
                            e -> {
                                assertThat(e.code().value()).isEqualTo(7);
                                assertThat(e).hasMessageContaining(sentence);
                            });
            assertThat(pod.snapshot().since(before)).as("of the pod, before any DEL").isEmpty();
        }
    }

    @Test
    void anInterfaceLeftToItsNetworkIsNoPodsOtherwiseAndNothingIsDoneToIt() {
        try (VpcNode node = cloud.bootWithUnmanaged("a", 3);
                RigPod pod = new RigPod("pod");
                RigPod data = new RigPod("data")) {
            assertThat(eni("a", 1).secondaries()).doesNotContain(node.add(pod));
            node.rig().add(data, VpcNode.CONFIG, network(PASSTHRU));
            assertThat(node.rig().witness().run("ip", "-j", "address", "show", "eth1"))
                    .doesNotContain("10.0.1.");
            assertThat(node.rig().witness().run("ip", "-j", "rule")).doesNotContain("10.0.1.");
            node.rig().del(data);
            node.rig().del(pod);
            assertThat(eni("a", 1).secondaries()).hasSize(3);
        }
    }

    private void await(Predicate<Object> wanted) {
        CountDownLatch seen = new CountDownLatch(1);
        cloud.vpc()
                .ledger()
                .follow(vpc -> {
                    if (wanted.test(vpc)) {
                        seen.countDown();
                    }
                });
        try {
            assertThat(wanted.test(this) || seen.await(60, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
