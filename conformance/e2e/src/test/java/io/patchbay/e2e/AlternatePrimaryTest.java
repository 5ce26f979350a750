package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An alternate CNI as the primary: kindnet's configuration list and the reference binaries, with
/// the VPC beside it, and the reverse. Two nodes of one VPC, an installed daemon on each.
@Tag("kernel")
class AlternatePrimaryTest {
    private static final List<String> NAMES = List.of("one-0", "one-1", "two-0");

    @TempDir private Path work;

    private KindnetNode one;
    private KindnetNode two;
    private SimulatedVpc vpc;

    /// A pod that is attached: where it is, and what `ip -j address` told of it.
    private record Attached(KindnetNode node, PodNetns netns, PodView view) {
        String address(String link) {
            return view.attachments().stream()
                    .filter(attachment -> attachment.link().equals(link))
                    .map(PodView.Attachment::ip)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeEach
    void bootTwoNodes() {
        vpc = SimulatedVpc.open();
        one = new KindnetNode(1, work.resolve("one"));
        two = new KindnetNode(2, work.resolve("two"));
        one.boot(vpc, 2);
        two.boot(vpc, 2);
        KindnetNode.join(one, two);
    }

    @AfterEach
    void shutDown() {
        vpc.close();
        one.close();
        two.close();
    }

    @Test
    void podsOfKindnetReachEachOtherByItAndByTheVpcBesideIt() {
        podsReachEachOther(KindnetNode::primaryConfig, "10.244.", "vpc", "10.0.");
    }

    @Test
    void podsOfTheVpcReachEachOtherByItAndByKindnetBesideIt() {
        podsReachEachOther(_ -> "type: vpc\n", "10.0.", "kindnet", "10.244.");
    }

    private void podsReachEachOther(
            Function<KindnetNode, String> primary,
            String primaryPrefix,
            String further,
            String furtherPrefix) {
        try (DaemonProcess first = one.start(primary.apply(one), further, NAMES);
                DaemonProcess second = two.start(primary.apply(two), further, NAMES);
                PodNetns one0 = one.pod("one-0");
                PodNetns one1 = one.pod("one-1");
                PodNetns two0 = two.pod("two-0")) {
            Snapshot before = snapshot(one0, one1, two0);

            List<Attached> pods =
                    List.of(
                            attach(one, "one-0", one0),
                            attach(one, "one-1", one1),
                            attach(two, "two-0", two0));

            for (Attached pod : pods) {
                assertThat(pod.address("eth0")).startsWith(primaryPrefix);
                assertThat(pod.address("net1")).startsWith(furtherPrefix);
                assertThat(way(pod, "198.51.100.1", "eth0")).contains(" dev eth0 ");
                pods.forEach(other -> assertReaches(pod, other));
            }
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
            pods.forEach(pod -> succeed("CHECK", pod.node(), pod.view().name(), pod.netns()));
            pods.forEach(pod -> succeed("DEL", pod.node(), pod.view().name(), pod.netns()));
            assertThat(snapshot(one0, one1, two0).since(before)).isEmpty();
            assertThat(first.stop()).as("exit status after SIGTERM").isZero();
            assertThat(second.stop()).as("exit status after SIGTERM").isZero();
        }
    }

    private Snapshot snapshot(PodNetns... pods) {
        Snapshot all = one.snapshot().plus(two.snapshot());
        for (PodNetns pod : pods) {
            all = all.plus(pod.snapshot());
        }
        return all;
    }

    private static Attached attach(KindnetNode node, String name, PodNetns pod) {
        succeed("ADD", node, name, pod);
        return new Attached(node, pod, PodView.of(name, pod));
    }

    private static void succeed(String command, KindnetNode node, String name, PodNetns pod) {
        Answer answer = node.call(command, name, pod);
        assertThat(answer.status()).as("%s of %s: %s", command, name, answer.output()).isZero();
    }

    private static void assertReaches(Attached from, Attached to) {
        if (from.equals(to)) {
            return;
        }
        for (String link : List.of("eth0", "net1")) {
            String target = to.address(link);
            assertThat(way(from, target, link)).contains(" dev " + link + " ");
            Witness.Said said =
                    from.netns()
                            .attempt("ping", "-n", "-c1", "-w10", "-I", from.address(link), target);
            assertThat(said.status())
                    .as("%s to %s by %s: %s", from.view().name(), target, link, said.output())
                    .isZero();
        }
    }

    /// The route of what comes from the pod's address on a link.
    private static String way(Attached from, String target, String link) {
        return from.netns().run("ip", "route", "get", target, "from", from.address(link));
    }
}
