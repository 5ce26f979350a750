package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.controller.ClusterState;
import io.patchbay.cloud.controller.CniNode;
import io.patchbay.cloud.controller.ControlPlane;
import io.patchbay.cloud.controller.ControllerSettings;
import io.patchbay.cloud.controller.Dying;
import io.patchbay.cloud.controller.Ec2;
import io.patchbay.cloud.controller.LabelSelector;
import io.patchbay.cloud.controller.MemoryControlPlane;
import io.patchbay.cloud.controller.Node;
import io.patchbay.cloud.controller.Pod;
import io.patchbay.cloud.controller.ResourceController;
import io.patchbay.cloud.controller.SecurityGroupPolicy;
import io.patchbay.cloud.controller.aws.SdkEc2;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.spi.net.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A node whose pods have branch interfaces, its daemon, and the controller that makes the
/// branches. The daemon is a process, and is killed as one; the controller is in this process, and
/// dies at calls of EC2 when told to. Pods are known to the controller as a cluster would tell it,
/// and to the daemon by manifests.
final class BranchChurn implements AutoCloseable {
    private static final int TRY_AGAIN = 11;

    /// So short that pods have to wait for branches that cool down.
    private static final ControllerSettings SETTINGS =
            new ControllerSettings(
                    Duration.ofSeconds(5), 0, Duration.ofSeconds(20), Duration.ofSeconds(1));

    private static final String NODE = "churn";

    private final SimulatedVpc vpc;
    private final CloudNode node;
    private final MemoryControlPlane cluster = new MemoryControlPlane();
    private final CloudChurnBook book = new CloudChurnBook(Duration.ZERO);
    private final Ec2 ec2;
    private final Random random;
    private final ResourceController lasting;
    private final Thread controllers =
            Thread.ofPlatform().name("controllers").unstarted(this::lead);
    private DaemonProcess daemon;
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile boolean mortal = true;

    private BranchChurn(SimulatedVpc vpc, CloudNode node, long seed) {
        this.vpc = vpc;
        this.node = node;
        this.random = new Random(seed);
        this.ec2 = SdkEc2.open(vpc.ec2());
        this.lasting = startController(ec2);
        this.daemon = node.start();
    }

    /// @param work an empty directory
    static BranchChurn boot(Path work, long seed) {
        SimulatedVpc vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType("m5.large"));
        CloudNode node = new CloudNode(NODE, work);
        String instance =
                node.boot(
                                vpc,
                                0,
                                "warmAddresses: 0",
                                "securityGroupsForPods: {enabled: true, enforcement: strict}")
                        .instanceId();
        BranchChurn churn = new BranchChurn(vpc, node, seed);
        churn.cluster.put(new Node(NODE, Optional.of(instance), Optional.empty()));
        churn.cluster.put(new CniNode(NODE, Map.of(CniNode.BRANCHES, "")));
        churn.cluster.put(
                new SecurityGroupPolicy(
                        "core",
                        "db",
                        Optional.of(LabelSelector.of(Map.of("role", "db"))),
                        Optional.empty(),
                        List.of("sg-00000000000000001")));
        return churn;
    }

    private ResourceController startController(Ec2 ec2) {
        return ResourceController.start(ec2, new Told(), InstantSource.system(), SETTINGS);
    }

    /// One controller after the other.
    private void lead() {
        try {
            while (true) {
                int calls = mortal ? 2 + random.nextInt(12) : Integer.MAX_VALUE;
                Dying dying = new Dying(calls, random.nextBoolean());
                try (ResourceController _ = startController(dying.at(ec2))) {
                    dying.await();
                    deaths.incrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The cluster, whose annotations reach the node.
    private final class Told implements ControlPlane {
        @Override
        public ClusterState now() {
            return cluster.now();
        }

        @Override
        public void await(ClusterState seen, Duration atMost) throws InterruptedException {
            cluster.await(seen, atMost);
        }

        @Override
        public void annotate(Pod pod, String branch) {
            cluster.annotate(pod, branch);
            cluster.findPod(pod.key())
                    .filter(now -> now.uid().equals(pod.uid()))
                    .ifPresent(now -> node.branchPod(pod.name(), pod.uid(), branch));
        }

        @Override
        public void capacity(String name, int branches) {
            cluster.capacity(name, branches);
        }

        @Override
        public void event(Subject subject, EventType type, String reason, String sentence) {
            cluster.event(subject, type, reason, sentence);
        }

        @Override
        public void close() {}
    }

    /// Ends the controller that lives, for others that die.
    void letTheControllerDie() {
        lasting.close();
        controllers.start();
    }

    /// From now on the controller lives, the one after that which is about to die.
    void letTheControllerLive() {
        mortal = false;
    }

    int deathsOfTheController() {
        return deaths.get();
    }

    /// SIGKILL, and a new one.
    void killDaemon() {
        book.down();
        daemon.kill();
        daemon = node.start();
        book.up();
    }

    SimulatedVpc vpc() {
        return vpc;
    }

    CloudNode node() {
        return node;
    }

    MemoryControlPlane cluster() {
        return cluster;
    }

    /// On the trunk or not.
    List<String> branches() {
        return vpc.ledger().now().interfaces().values().stream()
                .filter(eni -> eni.tags().containsKey("vpcresources.k8s.aws/trunk-eni-id"))
                .map(NetworkInterface::id)
                .toList();
    }

    /// A pod whose sandbox is attached: as a runtime does, by another sandbox each time one could
    /// not be.
    Guest guest(String name) throws InterruptedException {
        node.branchPod(name, name, "");
        cluster.put(
                new Pod(
                        "core",
                        name,
                        name,
                        Map.of("role", "db"),
                        "default",
                        Optional.of(NODE),
                        true,
                        false,
                        Optional.empty()));
        for (int sandbox = 0; ; sandbox++) {
            Guest guest = new Guest(name, name + "-" + sandbox, node.netns(name + "-" + sandbox));
            Answer answer = node.call("ADD", guest.sandbox(), name, guest.netns());
            if (answer.status() == 0) {
                return guest;
            }
            assertThat(answer.code()).as(answer.output()).isEqualTo(TRY_AGAIN);
            guest.leave(true);
            book.awaitUp();
        }
    }

    /// A pod that is attached.
    final class Guest {
        private final String name;
        private final String sandbox;
        private final PodNetns netns;

        private Guest(String name, String sandbox, PodNetns netns) {
            this.name = name;
            this.sandbox = sandbox;
            this.netns = netns;
        }

        String sandbox() {
            return sandbox;
        }

        PodNetns netns() {
            return netns;
        }

        boolean reaches() {
            String[] ping = {
                "ping", "-n", "-q", "-c", "1", "-w", "120", "-i", "0.5", Cidr.text(vpc.internet())
            };
            return netns.attempt(ping).status() == 0;
        }

        /// @param told whether the runtime names the namespace that it ends
        void leave(boolean told) {
            if (!told) {
                netns.close();
            }
            Call del = Call.of("DEL", sandbox, told ? netns.path() : "").pod("core", name);
            Answer answer = node.call(del);
            assertThat(answer.status()).as(answer.output()).isZero();
            if (told) {
                netns.close();
            }
        }

        /// The pod is deleted, before its sandbox is gone or after it.
        void end(boolean first, boolean told) {
            if (first) {
                forget();
                leave(told);
            } else {
                leave(told);
                forget();
            }
        }

        private void forget() {
            cluster.deletePod("core/" + name);
            node.removeManifest(name);
        }
    }

    @Override
    public void close() {
        controllers.interrupt();
        daemon.close();
        lasting.close();
        try {
            controllers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ec2.close();
        vpc.close();
        node.close();
    }
}
