package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.net.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a cluster says of a node of the VPC that is not so: an ADD is answered with its code and a
/// sentence, nothing is half attached, pods that live are left alone, and once it is mended the
/// same pod is attached. What needs a branch's link for that is in VpcBranchesKernelTest of
/// delegates/vpc.
@Tag("kernel")
@Timeout(600)
class CloudBadInputTest {
    private static final int TRY_AGAIN = 11;
    private static final int UNAVAILABLE = 50;
    private static final String CUSTOM = "customNetworking: {enabled: true}";
    private static final String BRANCHES = "securityGroupsForPods: {enabled: true}";

    private static final int TRIES = 20;

    /// An ADD waits for addresses and annotations until three seconds before.
    private static final String DEADLINE = "deadline: 8s\n";

    /// What the pool keeps beside what pods have, and that may grow at any time.
    private static final List<String> POOL =
            List.of("notes/vpc/node/node", "\"name\":\"pods\",\"table\":\"patchbay-vpc\"");

    private static final String BRANCH =
            "[{\"eniId\":\"eni-9\",\"ifAddress\":\"02:00:00:00:00:09\",\"privateIp\":\"10.0.0.9\",\"vlanId\":7,\"subnetCidr\":\"10.0.0.0/24\"}]";

    @TempDir private Path work;

    private SimulatedVpc vpc;

    @BeforeEach
    void open() {
        vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16", "100.64.0.0/16")
                                .subnet("10.0.0.0/24")
                                .subnet("100.64.0.0/24")
                                .subnet("100.64.1.0/24")
                                .instanceType("m5.large"));
        group("sg-0d");
    }

    @AfterEach
    void close() {
        vpc.close();
    }

    private void group(String id) {
        vpc.group(new SecurityGroup(id, id, List.of(Permission.ALL), List.of(Permission.ALL)));
    }

    private String subnet(int number) {
        return vpc.subnets().get(number).id();
    }

    /// A sandbox of a pod on a node.
    private record Sandbox(CloudNode node, String pod, PodNetns netns) implements AutoCloseable {
        static Sandbox of(CloudNode node, String pod) {
            return new Sandbox(node, pod, node.netns(pod));
        }

        Answer add() {
            return node.call("ADD", pod, pod, netns);
        }

        /// Nothing is different after it, on the node and in the pod.
        void refused(int code, String... words) {
            refused(this::add, code, words);
        }

        void refused(Supplier<Answer> call, int code, String... words) {
            Snapshot before = look();
            Answer answer = call.get();
            // A busy machine may not have asked EC2 by the deadline.
            for (int tries = 1; !tells(answer, words) && tries < TRIES; tries++) {
                answer = call.get();
            }
            assertThat(answer.code()).as(answer.output()).isEqualTo(code);
            assertThat(answer.message()).contains(words);
            assertThat(look().since(before))
                    .filteredOn(line -> POOL.stream().noneMatch(line::contains))
                    .isEmpty();
        }

        private static boolean tells(Answer answer, String... words) {
            return Stream.of(words).allMatch(answer.message()::contains);
        }

        private Snapshot look() {
            return node.snapshot().plus(netns.snapshot());
        }

        /// As a kubelet, which tries again.
        Cidr added() {
            Answer answer = add();
            for (int tries = 1; answer.code() == TRY_AGAIN && tries < TRIES; tries++) {
                answer = add();
            }
            assertThat(answer.code()).as(answer.output()).isZero();
            return Cidr.parse(answer.json().path("ips").path(0).path("address").asText());
        }

        boolean reaches(SimulatedVpc vpc) {
            String internet = Cidr.text(vpc.internet());
            return netns.attempt("ping", "-n", "-q", "-c", "1", "-w", "10", internet).status() == 0;
        }

        @Override
        public void close() {
            Answer answer = node.call("DEL", pod, pod, netns);
            assertThat(answer.status()).as(answer.output()).isZero();
            netns.close();
        }
    }

    private static void assertUnavailable(CloudNode node, String... words) {
        Answer status = node.status();
        assertThat(status.code()).as(status.output()).isEqualTo(UNAVAILABLE);
        assertThat(status.message()).contains(words);
    }

    private static void eniConfig(CloudNode node, String subnet, String group) {
        node.manifest(
                "default",
                """
                apiVersion: crd.k8s.amazonaws.com/v1alpha1
                kind: ENIConfig
                metadata: {name: default}
                spec: {subnet: %s, securityGroups: [%s]}
                """
                        .formatted(subnet, group));
    }

    @Test
    void anEniConfigThatIsMissingIsNamedUntilItIsThere() {
        try (CloudNode node = booted(CUSTOM);
                DaemonProcess _ = node.start();
                Sandbox pod = pod(node, "p")) {
            pod.refused(TRY_AGAIN, "ENIConfig \"default\"", "does not exist");
            assertUnavailable(node, "ENIConfig \"default\"");
            eniConfig(node, subnet(1), "sg-0d");
            assertThat(vpc.subnets().get(1).cidr().contains(pod.added().address())).isTrue();
            assertThat(node.status().output()).isEmpty();
        }
    }

    @Test
    void anEniConfigThatIsDeletedInUseIsMissedByNewPodsAlone() {
        try (CloudNode node = booted(CUSTOM)) {
            eniConfig(node, subnet(1), "sg-0d");
            try (DaemonProcess _ = node.start();
                    Sandbox living = pod(node, "living");
                    Sandbox late = pod(node, "late")) {
                living.added();
                node.removeManifest("default");
                late.refused(TRY_AGAIN, "ENIConfig \"default\"", "does not exist");
                assertUnavailable(node, "ENIConfig \"default\"");
                assertThat(living.reaches(vpc)).isTrue();
                eniConfig(node, subnet(2), "sg-0d");
                assertThat(vpc.subnets().get(2).cidr().contains(late.added().address())).isTrue();
                assertThat(living.reaches(vpc)).isTrue();
            }
        }
    }

    @Test
    void aSecurityGroupThatDoesNotExistIsNamedUntilItDoes() {
        try (CloudNode node = booted(CUSTOM)) {
            eniConfig(node, subnet(1), "sg-0bad");
            try (DaemonProcess daemon = node.start();
                    Sandbox pod = pod(node, "p")) {
                pod.refused(TRY_AGAIN, "sg-0bad", "InvalidGroup.NotFound");
                assertUnavailable(node, "sg-0bad");
                daemon.awaitLine("condition VpcAddressesAvailable is false");
                group("sg-0bad");
                assertThat(vpc.subnets().get(1).cidr().contains(pod.added().address())).isTrue();
                daemon.awaitLine("condition VpcAddressesAvailable is true");
            }
        }
    }

    @Test
    void aPodHasNothingWhereASecurityGroupOfItsSecondNetworkDoesNotExist() {
        try (CloudNode node = booted("");
                DaemonProcess _ = node.start();
                Sandbox first = pod(node, "first")) {
            first.added();
            node.manifest(
                    "second",
                    """
                    apiVersion: k8s.cni.cncf.io/v1
                    kind: NetworkAttachmentDefinition
                    metadata: {name: media, namespace: core}
                    spec: {config: '{"cniVersion": "1.1.0", "type": "vpc", "subnet": "%s", "securityGroups": ["sg-0bad"]}'}
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: second, namespace: core, annotations: {k8s.v1.cni.cncf.io/networks: media}}
                    """
                            .formatted(subnet(1)));
            try (Sandbox second = Sandbox.of(node, "second")) {
                second.refused(TRY_AGAIN, "sg-0bad");
                assertThat(node.status().output()).isEmpty();
                group("sg-0bad");
                second.added();
                assertThat(second.netns().run("ip", "-o", "link")).contains("eth0", "net1");
            }
        }
    }

    @Test
    void aPodWithoutItsAnnotationIsToldWhoMakesIt() {
        try (CloudNode node = booted(BRANCHES);
                DaemonProcess _ = node.start();
                Sandbox pod = branchPod(node, "")) {
            pod.refused(TRY_AGAIN, "core/db", "vpc.amazonaws.com/pod-eni", "resource controller");
        }
    }

    @Test
    void anAnnotationOfAnEarlierPodOfThatNameIsNotUsed() {
        try (CloudNode node = booted(BRANCHES);
                DaemonProcess _ = node.start();
                Sandbox pod = branchPod(node, BRANCH)) {
            Call later =
                    Call.of("ADD", "db", pod.netns().path())
                            .with(
                                    "CNI_ARGS",
                                    "IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=db;K8S_POD_UID=later");
            pod.refused(
                    () -> node.call(later),
                    TRY_AGAIN,
                    "core/db",
                    "\"later\"",
                    "\"earlier\"",
                    "of an earlier pod");
        }
    }

    @Test
    void aTrunkThatIsDetachedIsMissedByItsMacAddress() {
        try (CloudNode node = booted(BRANCHES)) {
            var trunk =
                    vpc.attach("one", Creation.in(subnet(0), Order.addresses(0)).as(Kind.TRUNK));
            try (DaemonProcess _ = node.start();
                    Sandbox plain = pod(node, "plain");
                    Sandbox pod = branchPod(node, BRANCH)) {
                plain.added();
                vpc.detach(trunk.id());
                pod.refused(TRY_AGAIN, "trunk interface", "detached");
                assertThat(plain.reaches(vpc)).isTrue();
            }
        }
    }

    private CloudNode booted(String section) {
        CloudNode node = new CloudNode("one", work, DEADLINE);
        node.boot(vpc, 0, "", section);
        return node;
    }

    private static Sandbox pod(CloudNode node, String name) {
        node.manifest(name);
        return Sandbox.of(node, name);
    }

    private static Sandbox branchPod(CloudNode node, String annotation) {
        node.branchPod("db", "earlier", annotation);
        return Sandbox.of(node, "db");
    }
}
