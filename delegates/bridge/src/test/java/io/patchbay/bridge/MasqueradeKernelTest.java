package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class MasqueradeKernelTest {
    private static final String GATEWAY = "\"isDefaultGateway\": true";
    private static final String MASQUERADED = GATEWAY + ", \"ipMasq\": true";
    private static final String OUTSIDE = "192.0.2.2";

    @TempDir private Path state;
    private NodeRig rig;

    /// Beyond the node's uplink: it knows the node, and no way to a pod.
    private RigPod outside;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new BridgeProvider());
        outside = new RigPod("outside");
        rig.witness().run("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1");
        rig.witness().run("ip", "link", "set", "up1", "netns", outside.path());
        rig.witness().run("ip", "address", "add", "192.0.2.1/24", "dev", "up0");
        rig.witness().run("ip", "link", "set", "up0", "up");
        outside.witness().run("ip", "address", "add", OUTSIDE + "/24", "dev", "up1");
        outside.witness().run("ip", "link", "set", "up1", "up");
    }

    @AfterEach
    void closeNode() {
        outside.close();
        rig.close();
    }

    private String network(String keys) {
        return Networks.dualStack(rig.leases(), keys);
    }

    @Test
    void onlyAMasqueradedPodIsAnsweredFromOutside() {
        try (RigPod plain = new RigPod("plain");
                RigPod masqueraded = new RigPod("masqueraded")) {
            rig.add(plain, network(GATEWAY));
            rig.add(masqueraded, network(MASQUERADED));

            assertThat(Frames.misses(plain, OUTSIDE)).isTrue();
            assertThat(Frames.reaches(masqueraded, OUTSIDE)).isTrue();
        }
    }

    @Test
    void aPodsOwnSubnetSeesItsOwnAddress() {
        try (RigPod pod = new RigPod("pod")) {
            rig.add(pod, network(MASQUERADED));
            assertThat(Frames.reaches(pod, "10.7.0.1")).isTrue();

            assertThat(table()).contains("10.7.0.2 . 10.7.0.0/24", "fd07::2 . fd07::/64");
        }
    }

    @Test
    void theNumberOfRulesDoesNotGrowWithThePods() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(MASQUERADED));
            long rules = table().lines().filter(line -> line.contains("masquerade")).count();
            rig.add(two, network(MASQUERADED));

            assertThat(table().lines().filter(line -> line.contains("masquerade")))
                    .hasSize((int) rules);
        }
    }

    @Test
    void delTakesOneNamesakeAddressAwayAndNoOther() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(MASQUERADED));
            rig.add(two, network(MASQUERADED));
            rig.del(one);

            assertThat(table()).contains("10.7.0.3").doesNotContain("10.7.0.2 ", "10.7.0.2,");
            rig.del(two);
            assertThat(table()).doesNotContain("10.7.0.3", "fd07::3");
        }
    }

    @Test
    void aRestartPutsBackWhatAFlushTook() {
        try (RigPod pod = new RigPod("pod")) {
            rig.add(pod, network(MASQUERADED));
            Snapshot before = rig.snapshot();
            rig.witness().run("nft", "flush", "ruleset");

            assertThat(rig.restart()).isEmpty();

            assertThat(rig.snapshot().since(before)).isEmpty();
            rig.check(pod);
        }
    }

    @Test
    void theNextPodPutsTheRulesBackAfterAFlush() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(MASQUERADED));
            rig.witness().run("nft", "flush", "ruleset");
            rig.add(two, network(MASQUERADED));

            assertThat(Frames.reaches(two, OUTSIDE)).isTrue();
            rig.del(one);
        }
    }

    private String table() {
        return rig.witness().run("nft", "list", "table", "inet", "patchbay_masquerade");
    }
}
