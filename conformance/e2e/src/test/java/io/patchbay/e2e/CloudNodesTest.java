package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.Capture;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes of one VPC, an installed daemon on each, whose pools grow by EC2.
@Tag("kernel")
@Timeout(600)
class CloudNodesTest {
    private static final int PODS = 5;
    private static final String UNASSIGNED = "10.0.0.250";
    private static final List<String> PING = List.of("ping", "-n", "-q", "-c", "1", "-i", "0.2");

    @TempDir private Path work;

    private SimulatedVpc vpc;
    private CloudNode one;
    private CloudNode two;

    /// A pod that is attached.
    private record Attached(CloudNode node, String name, PodNetns netns, InetAddress address)
            implements AutoCloseable {
        boolean reaches(InetAddress target) {
            return isAnswered(target, "-w", "60");
        }

        boolean isAnswered(InetAddress target, String... more) {
            List<String> ping = new ArrayList<>(PING);
            ping.addAll(List.of(more));
            ping.add(Cidr.text(target));
            return netns.attempt(ping.toArray(String[]::new)).status() == 0;
        }

        void del() {
            Answer answer = node.call("DEL", name, name, netns);
            assertThat(answer.status()).as("DEL of %s: %s", name, answer.output()).isZero();
        }

        @Override
        public void close() {
            netns.close();
        }
    }

    @BeforeEach
    void bootTwoNodes() {
        vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16")
                                .subnet("10.0.0.0/24")
                                .instanceType("m5.large")
                                .seed(7));
        one = new CloudNode("one", work.resolve("one"));
        two = new CloudNode("two", work.resolve("two"));
    }

    @AfterEach
    void shutDown() {
        vpc.close();
        one.close();
        two.close();
    }

    private static Attached attach(CloudNode node, String name) {
        node.manifest(name);
        PodNetns netns = node.netns(name);
        Answer answer = node.call("ADD", name, name, netns);
        assertThat(answer.status()).as("ADD of %s: %s", name, answer.output()).isZero();
        String address = answer.json().path("ips").path(0).path("address").asText();
        return new Attached(node, name, netns, Cidr.parse(address).address());
    }

    private static List<Attached> attach(CloudNode node, String prefix, int count) {
        List<Attached> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pods.add(attach(node, prefix + i));
        }
        return pods;
    }

    @Test
    void allPodsReachEachOtherAndTheInternetFromTheRightSource() throws IOException {
        SimulatedNode first = one.boot(vpc, 0, "");
        two.boot(vpc, 0, "prefixes: true");
        try (DaemonProcess daemon = one.start();
                DaemonProcess other = two.start()) {
            List<Attached> pods = attach(one, "one-", PODS);
            pods.addAll(attach(two, "two-", PODS));

            assertThat(new HashSet<>(pods.stream().map(Attached::address).toList()))
                    .hasSize(2 * PODS);
            for (Attached from : pods) {
                pods.forEach(to ->
                        assertThat(from.reaches(to.address()))
                                .as("%s reaches %s", from.name(), to.name())
                                .isTrue());
            }
            assertThat(seenByTheInternet(pods.getFirst()))
                    .isEqualTo(Cidr.text(first.primary().primary()));
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);

            assertNoRuleOfNftablesIsOfAPod(one, pods);
            assertUnassignedAddressesDie(pods.getFirst(), pods.getLast());
            pods.forEach(Attached::del);
            assertThat(rules(one)).noneMatch(rule -> rule.startsWith("512:"));
            assertThat(rules(two)).noneMatch(rule -> rule.startsWith("512:"));
            pods.forEach(Attached::close);
            assertThat(daemon.stop()).isZero();
            assertThat(other.stop()).isZero();
        }
    }

    private String seenByTheInternet(Attached pod) {
        String line =
                pod.netns()
                        .run(
                                "bash",
                                "-c",
                                "exec 3<>/dev/tcp/%s/7 && head -n 1 <&3"
                                        .formatted(Cidr.text(vpc.internet())));
        return line.strip().split(" ", -1)[0];
    }

    /// A packet that leaves its node with such a source never arrives at the other.
    private void assertUnassignedAddressesDie(Attached from, Attached to) throws IOException {
        from.netns().run("ip", "address", "add", UNASSIGNED + "/32", "dev", "eth0");
        from.node().witness().run("ip", "rule", "add", "from", UNASSIGNED, "lookup", "main");
        String filter = "icmp and src " + UNASSIGNED + " and dst " + Cidr.text(to.address());
        try (Capture left = Capture.outgoing(from.node().netns(), filter);
                Capture arrived = Capture.incoming(to.node().netns(), filter)) {
            assertThat(from.isAnswered(to.address(), "-w", "3", "-I", UNASSIGNED)).isFalse();
            assertThat(left.line()).contains(UNASSIGNED);
            assertThat(arrived.rest()).isEmpty();
        }
        assertThat(vpc.dropped().foreignSource()).isPositive();
    }

    /// The pods' addresses are elements of a set, and the rules name sets.
    private static void assertNoRuleOfNftablesIsOfAPod(CloudNode node, List<Attached> pods) {
        List<String> parts =
                List.of(
                        node.witness()
                                .run("nft", "list", "table", "ip", "patchbay-vpc")
                                .split("(?=chain arrivals)", 2));
        assertThat(parts).hasSize(2);
        assertThat(pods.stream().filter(pod -> pod.node().equals(node)))
                .map(pod -> Cidr.text(pod.address()))
                .hasSize(PODS)
                .allSatisfy(
                        address -> assertThat(parts.getFirst()).containsPattern(address + "[ ,]"))
                .allSatisfy(address ->
                        assertThat(parts.getLast()).doesNotContainPattern(address + "\\b"));
    }

    private static List<String> rules(CloudNode node) {
        return node.witness().run("ip", "rule").lines().toList();
    }

    @Test
    void aKilledDaemonGivesNoAddressTwiceAndLeaksNoInterface() {
        one.boot(vpc, 0, "");
        List<Attached> pods = new ArrayList<>();
        try (DaemonProcess daemon = one.start()) {
            pods.addAll(attach(one, "before-", PODS));
            vpc.faults().next("CreateNetworkInterface", 1, new Fault.Lose());
            daemon.kill();
        }
        try (DaemonProcess again = one.start()) {
            pods.addAll(attach(one, "after-", 2 * PODS));
            assertThat(new HashSet<>(pods.stream().map(Attached::address).toList()))
                    .hasSize(3 * PODS);
            assertThat(pods.getFirst().reaches(pods.getLast().address())).isTrue();
            awaitNoInterfaceWithoutInstance();
            pods.forEach(Attached::del);
            pods.forEach(Attached::close);
            assertThat(again.stop()).isZero();
        }
    }

    /// What was made by a call whose answer was lost is attached in the end, or deleted.
    private void awaitNoInterfaceWithoutInstance() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        vpc.ledger()
                .follow(now -> {
                    if (now.interfaces().values().stream()
                            .allMatch(eni -> eni.attachment().isPresent())) {
                        done.complete(true);
                    }
                });
        assertThat(done.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void whereEc2RefusesTheAnswerSaysWhyAndNothingIsHalfAttached() {
        one.boot(vpc, 0, "");
        vpc.faults().set(Weather.FAIR.credentialsExpired(true));
        try (DaemonProcess daemon = one.start();
                PodNetns netns = one.netns("p")) {
            one.manifest("p");
            List<String> before = rules(one);

            Answer answer = one.call("ADD", "p", "p", netns);

            assertThat(answer.code()).isEqualTo(11);
            assertThat(answer.message()).contains("no address is free", "credentials");
            assertThat(one.status().code()).isEqualTo(50);
            assertThat(rules(one)).isEqualTo(before);
            assertThat(one.call("DEL", "p", "p", netns).status()).isZero();

            vpc.faults().clear();
            Answer added = one.add("p", "p", netns);
            assertThat(added.status()).as(added.output()).isZero();
            Answer status = one.status();
            assertThat(status.status()).as(status.output()).isZero();
            assertThat(one.call("DEL", "p", "p", netns).status()).isZero();
            assertThat(daemon.stop()).isZero();
        }
    }
}
