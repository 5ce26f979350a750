package io.patchbay.vpc;

import static io.patchbay.vpc.VpcNode.reaches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that was Amazon's plugin's: its pods run on, and end well.
@Tag("kernel")
@Timeout(600)
class VpcAdoptionKernelTest {
    @TempDir Path directory;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final List<RigPod> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(RigPod::close);
        vpc.close();
    }

    private AwsNode leave(int secondaries, int busy) {
        return AwsNode.leave(vpc, directory, new int[] {0, secondaries}, new int[] {0, busy});
    }

    private RigPod pod(String name) {
        RigPod pod = new RigPod(name);
        opened.add(pod);
        return pod;
    }

    @Test
    void thirtyPodsKeepTheirAddressesThroughChurnAndFreeThemOnceEach() {
        try (AwsNode node =
                AwsNode.leave(vpc, directory, new int[] {18, 18}, new int[] {15, 15})
                        .remembered()) {
            List<AwsPod> old = new ArrayList<>(node.pods());
            List<AwsPod> last = List.of(old.get(0), old.get(29));
            old.removeAll(last);
            try (OngoingPing first = new OngoingPing(last.get(0).sandbox(), vpc.internet());
                    OngoingPing second = new OngoingPing(last.get(1).sandbox(), vpc.internet())) {
                node.rig().start();
                List<RigPod> ours = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    RigPod pod = pod("new-" + i);
                    assertThat(node.pods())
                            .extracting(AwsPod::address)
                            .doesNotContain(node.ours().add(pod));
                    ours.add(pod);
                }
                for (AwsPod one : old) {
                    succeed(node, one, ours);
                }
                for (OngoingPing ping : List.of(first, second)) {
                    OngoingPing.Counts counts = ping.end();
                    assertThat(counts.sent()).isPositive();
                    assertThat(counts.lost()).isLessThanOrEqualTo(1);
                }
                last.forEach(one -> succeed(node, one, ours));
                ours.forEach(node.rig()::del);
                assertThat(new Witnessed(node.rig().witness()).rules()).hasSize(1);
            }
        }
    }

    /// With every address taken: an old pod's DEL frees its address for exactly one other.
    private void succeed(AwsNode node, AwsPod old, List<RigPod> ours) {
        RigPod extra = pod("extra-" + old.name());
        assertNothingIsFree(node, extra);
        if (old.name().endsWith("3")) {
            assertThat(node.rig().restart()).isEmpty();
        }
        node.del(old);
        RigPod next = pod("for-" + old.name());
        assertThat(node.ours().add(next)).isEqualTo(old.address());
        node.del(old);
        old.close();
        assertNothingIsFree(node, extra);
        node.rig().check(next);
        RigPod gone = ours.removeFirst();
        node.rig().del(gone);
        RigPod again = pod("again-" + old.name());
        node.ours().add(again);
        ours.add(again);
        ours.add(next);
    }

    private static void assertNothingIsFree(AwsNode node, RigPod extra) {
        assertThatThrownBy(() -> node.ours().add(extra))
                .isInstanceOfSatisfying(
                        CniException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Standard.TRY_AGAIN_LATER));
    }

    @Test
    void whatIsMissingOfAPodThatWasTakenOverIsRestored() {
        try (AwsNode node = leave(2, 1).remembered()) {
            AwsPod pod = node.pods().getFirst();
            node.rig().start();
            List<String> rules = new Witnessed(node.rig().witness()).rules();
            List<String> routes = new Witnessed(node.rig().witness()).routes("main");
            String address = Cidr.text(pod.address());
            assertThat(rules).hasSize(3);
            node.rig().witness().run("ip", "route", "delete", address);
            node.rig().witness().run("ip", "rule", "delete", "priority", "512");
            node.rig().witness().run("ip", "rule", "delete", "priority", "1536");
            assertThat(node.rig().restart()).isEmpty();
            Witnessed now = new Witnessed(node.rig().witness());
            assertThat(now.rules()).containsExactlyElementsOf(rules);
            assertThat(now.routes("main")).containsExactlyInAnyOrderElementsOf(routes);
            assertThat(reaches(pod.sandbox(), vpc.internet())).isTrue();
        }
    }

    @Test
    void delTakesAwayRulesAndRouteAndTheAddressCools() {
        try (AwsNode node =
                AwsNode.leave(vpc, directory, 3600, new int[] {0, 2}, new int[] {0, 1})
                        .remembered()) {
            AwsPod pod = node.pods().getFirst();
            node.rig().start();
            assertThat(node.delegate().inherits(pod.sandbox().containerId())).isTrue();
            assertThat(node.delegate().inherits("another")).isFalse();
            node.del(pod);
            Witnessed host = new Witnessed(node.rig().witness());
            assertThat(host.rules()).hasSize(1);
            assertThat(host.routes("main")).noneMatch(route -> route.contains(pod.veth()));
            assertThat(node.state(pod)).isEqualTo("cooling " + pod.sandbox().containerId());
            assertThat(node.delegate().inherits(pod.sandbox().containerId())).isFalse();
        }
    }

    @Test
    void whatWasFreedIsNotTakenOverAgainThoughTheCheckpointListsIt() {
        try (AwsNode node = leave(1, 1).remembered()) {
            AwsPod pod = node.pods().getFirst();
            node.rig().start();
            node.del(pod);
            // The link is there for as long as the namespace is.
            assertThat(node.rig().restart()).isEmpty();
            assertThat(node.delegate().inherits(pod.sandbox().containerId())).isFalse();
            assertThat(node.ours().add(pod("new"))).isEqualTo(pod.address());
        }
    }

    @Test
    void aPodWithoutADelGivesItsAddressUpWhenItsLinkIsGone() {
        try (AwsNode node = leave(1, 1).remembered()) {
            AwsPod pod = node.pods().getFirst();
            node.rig().start();
            assertNothingIsFree(node, pod("early"));
            node.rig().witness().run("ip", "link", "delete", pod.veth());
            RigPod next = pod("new");
            assertThat(node.ours().add(next)).isEqualTo(pod.address());
            node.del(pod);
            node.rig().check(next);
        }
    }

    @Test
    void garbageCollectionLeavesThemAlone() {
        try (AwsNode node = leave(1, 1).remembered()) {
            AwsPod pod = node.pods().getFirst();
            node.rig().start();
            for (String network : List.of("aws-cni", "pods")) {
                node.delegate().gc(new NetworkConfig<>(network, Networks.plain()), Set.of());
            }
            assertThat(node.state(pod)).isEqualTo("assigned " + pod.sandbox().containerId());
            assertThat(reaches(pod.sandbox(), vpc.internet())).isTrue();
        }
    }

    @Test
    void rulesOfAPodThatEndedMeanwhileAreDropped() {
        try (AwsNode node = leave(2, 2).remembered()) {
            AwsPod ended = node.pods().getFirst();
            node.rig().witness().run("ip", "link", "delete", ended.veth());
            node.rig().start();
            assertThat(new Witnessed(node.rig().witness()).rules())
                    .hasSize(3)
                    .noneMatch(rule -> rule.contains(Cidr.text(ended.address()) + " "));
            assertThat(node.ours().add(pod("new"))).isEqualTo(ended.address());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "{", "{\"version\":\"vpc-cni-ipam/2\"}"})
    void withoutAGoodCheckpointTheAddressesAreNotGivenForAsLongAsTheirLinksAre(String text) {
        try (AwsNode node = leave(3, 2)) {
            if (!text.equals("missing")) {
                node.remembered(text);
            }
            node.rig().start();
            assertThat(node.ours().add(pod("new"))).isEqualTo(node.ours().secondary(1, 2));
            assertNothingIsFree(node, pod("early"));
            node.pods().forEach(pod -> assertThat(reaches(pod.sandbox(), vpc.internet())).isTrue());
            AwsPod gone = node.pods().get(1);
            node.del(gone);
            assertNothingIsFree(node, pod("late"));
            node.rig().witness().run("ip", "link", "delete", gone.veth());
            assertThat(node.ours().add(pod("next"))).isEqualTo(gone.address());
        }
    }
}
