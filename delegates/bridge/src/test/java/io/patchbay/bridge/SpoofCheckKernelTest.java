package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class SpoofCheckKernelTest extends OnBridgedNode {
    private static final String CHECKED = "\"macspoofchk\": true";

    @Test
    void aFrameFromAnAddressThatIsNotThePodsDies() {
        try (RigPod checked = new RigPod("checked");
                RigPod open = new RigPod("open");
                RigPod neighbour = new RigPod("neighbour")) {
            rig.add(checked, network(CHECKED));
            rig.add(open, network(""));
            rig.add(neighbour, network(""));
            assertThat(Frames.reaches(checked, "10.7.0.4")).isTrue();

            spoof(checked, "02:00:00:00:00:66");
            spoof(open, "02:00:00:00:00:67");

            assertThat(Frames.misses(checked, "10.7.0.4")).isTrue();
            assertThat(Frames.reaches(open, "10.7.0.4")).isTrue();
            assertThat(rig.witness().run("bridge", "fdb", "show", "br", "cni0"))
                    .as("what the bridge has learnt")
                    .doesNotContain("02:00:00:00:00:66")
                    .contains("02:00:00:00:00:67");
        }
    }

    private static void spoof(RigPod pod, String mac) {
        pod.witness().run("ip", "link", "set", "eth0", "address", mac);
    }

    @Test
    void theNumberOfRulesDoesNotGrowWithThePods() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(CHECKED));
            long rules = rules();
            rig.add(two, network(CHECKED));

            assertThat(rules()).isEqualTo(rules).isEqualTo(2);
        }
    }

    private long rules() {
        return table().lines().filter(line -> line.contains("iif")).count();
    }

    @Test
    void delAndGcTakeOnePodsElementsAndNoOthers() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(CHECKED));
            rig.add(two, network(CHECKED));
            String gone = Frames.mac(one, "eth0");
            rig.del(one);
            assertThat(table()).doesNotContain(gone).contains(Frames.mac(two, "eth0"));

            rig.restartWithoutJournal();
            rig.gc(List.of(), network(CHECKED));
            assertThat(table()).doesNotContain("elements");
        }
    }

    @Test
    void aRestartPutsBackWhatAFlushTook() {
        try (RigPod pod = new RigPod("pod")) {
            rig.add(pod, network(CHECKED));
            Snapshot before = rig.snapshot();
            rig.witness().run("nft", "flush", "ruleset");
            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("bridge patchbay_macspoof");

            assertThat(rig.restart()).isEmpty();

            assertThat(rig.snapshot().since(before)).isEmpty();
            rig.check(pod);
        }
    }

    @Test
    void checkFindsAPortThatTakesAnotherAddress() {
        try (RigPod pod = new RigPod("pod")) {
            rig.add(pod, network(CHECKED));
            rig.check(pod);
            rig.witness().run("nft", "flush", "set", "bridge", "patchbay_macspoof", "senders");

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("MAC address of its pod")
                    .returns(100, e -> ((CniException) e).code().value());
        }
    }

    private String table() {
        return rig.witness().run("nft", "list", "table", "bridge", "patchbay_macspoof");
    }
}
