package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.Enforcement.STANDARD;
import static io.patchbay.vpc.branch.Enforcement.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.KernelException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever becomes of an ADD, and whatever somebody does to its work: DEL leaves the node as it
/// was. One node for all, as it takes long to boot in the emulated machine.
@Tag("stock-kernel")
@TestInstance(Lifecycle.PER_CLASS)
class BranchLifeKernelTest {
    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final TrunkNode node = new TrunkNode(vpc, "a");
    private Snapshot before;
    private int vlans;

    /// The trunk's link is set up by the first branch, and stays so.
    @BeforeAll
    void setUpTheTrunk() {
        node.witness().run("ip", "link", "set", "eth1", "up");
        before = node.snapshot();
    }

    @AfterEach
    void nothingIsLeft() {
        node.faults().disarm();
        List<Branch> left = node.restarted().all();
        left.forEach(node::detach);
        assertThat(left).isEmpty();
        assertThat(node.snapshot().since(before)).isEmpty();
        assertThat(node.notes().all()).isEmpty();
    }

    @AfterAll
    void close() {
        node.close();
        vpc.close();
    }

    private String annotation() {
        return node.branch(++vlans, "sg-" + "0".repeat(16) + "1");
    }

    @ParameterizedTest
    @EnumSource(Enforcement.class)
    void delByAProcessThatStartsAnewLeavesNothingWithoutThePodsNamespace(Enforcement enforcement) {
        BranchPod pod = node.attached("cart", enforcement, annotation());
        node.check(pod);
        pod.close();
        node.restarted();
        node.detach(pod);
        node.detach(pod);
    }

    @ParameterizedTest
    @EnumSource(Enforcement.class)
    void aKillBeforeAnyEffectOfAddLeavesNothingAfterDel(Enforcement enforcement) {
        try (BranchPod pod = node.pod("cart", enforcement, annotation())) {
            for (int k : effectsOfAdd(pod)) {
                node.faults().arm(new Fault.FailFrom(k));
                assertThatThrownBy(() -> node.attach(pod)).isInstanceOf(KernelException.class);
                node.faults().disarm();
                node.restarted().heal();
                node.detach(pod);
            }
        }
    }

    /// The numbers of those calls of an ADD that change something.
    private List<Integer> effectsOfAdd(BranchPod pod) {
        node.faults().disarm();
        node.attach(pod);
        List<String> calls = node.faults().calls();
        node.detach(pod);
        List<Integer> effects =
                IntStream.range(0, calls.size())
                        .filter(i -> !calls.get(i).matches("(dump|find|nft list|sysctl find) .*"))
                        .mapToObj(i -> i + 1)
                        .toList();
        assertThat(effects).hasSizeGreaterThan(10);
        return effects;
    }

    @Test
    void theNodeIsReadyForStrictPodsAsLongAsThereAreAnyOrAreToBe() {
        assertThat(node.withStrict(true).heal())
                .contains(
                        "rule 20 to table 255 is added",
                        "rule 0 to table 255 is deleted",
                        "net/ipv4/tcp_early_demux is set to 0");
        assertThat(node.withStrict(true).heal()).isEmpty();
        try (BranchPod cart = node.attached("cart", STRICT, annotation());
                BranchPod till = node.attached("till", STANDARD, annotation())) {
            assertThat(node.withStrict(false).heal()).hasSize(1);
            node.detach(till);
            node.check(cart);
            node.detach(cart);
        }
    }

    @Test
    void whatAPodLeftThatNoNoteKnowsGoesWithTheNextOneOfItsVlan() {
        for (Enforcement enforcement : Enforcement.values()) {
            String annotation = annotation();
            BranchPod former = node.attached("former", enforcement, annotation);
            node.notes().erase(former.branch().name());
            node.restarted();
            try (BranchPod next = node.pod("next", enforcement, annotation)) {
                assertThatThrownBy(() -> node.attach(next))
                        .isInstanceOf(CniException.class)
                        .hasMessageContaining(former.branch().hostName());
                node.witness().run("ip", "link", "delete", former.branch().hostName());
                node.attach(next);
                node.check(next);
                assertThat(node.branches().heal()).isEmpty();
                node.detach(next);
            }
            former.close();
        }
    }

    @Test
    void whatIsTakenAwayIsFoundAndRestored() {
        try (BranchPod cart = node.attached("cart", STRICT, annotation());
                BranchPod till = node.attached("till", STANDARD, annotation())) {
            assertThat(node.branches().heal()).isEmpty();
            String strict = cart.branch().name();
            String table = Integer.toString(cart.branch().table());
            String standard = till.branch().name();
            List.of(
                            "ip link delete " + strict,
                            "ip link set " + strict + " down",
                            "ip link set " + strict + " address 02:00:00:00:00:99",
                            "ip link set eth1 down",
                            "ip rule delete pref 10 iif " + strict,
                            "ip rule delete pref 10 iif " + cart.branch().hostName(),
                            "ip route flush table " + table,
                            "ip route delete %s table %s".formatted(cart.addressText(), table),
                            "ip route replace default dev eth0 table " + table,
                            "ip rule add pref 0 lookup local",
                            "ip rule delete pref 20 lookup local",
                            "nft flush map inet patchbay-branch zones",
                            "nft delete table inet patchbay-branch",
                            "sysctl -qw net.ipv4.udp_early_demux=1",
                            "sysctl -qw net/ipv4/conf/" + strict + "/rp_filter=1",
                            "sysctl -qw net/ipv4/conf/" + cart.branch().hostName() + "/rp_filter=1")
                    .forEach(harm -> isFoundAndRestored(cart, harm));
            List.of(
                            "ip link delete " + standard,
                            "ip rule delete pref 512 to " + till.addressText(),
                            "ip rule delete pref 1536 from " + till.addressText(),
                            "ip route delete " + till.addressText())
                    .forEach(harm -> isFoundAndRestored(till, harm));
            node.detach(cart);
            node.detach(till);
        }
    }

    private void isFoundAndRestored(BranchPod pod, String harm) {
        node.witness().run(harm.split(" ", -1));
        assertThatThrownBy(() -> node.check(pod), "%s", harm)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(100));
        assertThat(node.branches().heal()).as(harm).isNotEmpty();
        node.check(pod);
        assertThat(node.branches().heal()).as(harm).isEmpty();
    }

    @Test
    void aBranchComesBackWithItsTrunk() {
        try (BranchPod cart = node.attached("cart", STRICT, annotation())) {
            node.detachTrunk();
            assertThat(node.branches().heal()).isEmpty();
            assertThatThrownBy(() -> node.check(cart))
                    .hasMessageContaining("should have the trunk's link, of MAC address");
            node.attachTrunk();
            assertThat(node.branches().heal())
                    .contains("link %s is made".formatted(cart.branch().name()));
            node.check(cart);
            node.detach(cart);
        }
        before = node.snapshot();
    }
}
