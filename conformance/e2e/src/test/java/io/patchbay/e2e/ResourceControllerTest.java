package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Cloud;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.controller.BranchAnnotation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cluster.ControlPlane;
import io.patchbay.cluster.Manifests;
import io.patchbay.cluster.Place;
import io.patchbay.cluster.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay cloud controller` between a real API server and the simulated EC2.
@Tag("kernel")
class ResourceControllerTest {
    private static final String BRANCH =
            "jsonpath={.metadata.annotations.vpc\\.amazonaws\\.com/pod-eni}";
    private static final String CAPACITY =
            "jsonpath={.status.capacity.vpc\\.amazonaws\\.com/pod-eni}";

    private static final int CALLERS = 3;
    private static final int PODS_OF_EACH = 4;
    private static final int KILLS = 3;

    /// A controller is killed again and again before it has made the branch.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path work;

    private final Cloud cloud = new Cloud(Layout.of("10.0.0.0/16").subnet("10.0.0.0/24"));
    private final ControlPlane plane = ControlPlane.start(Place.here());
    private Map<String, String> environment = Map.of();
    private Optional<Process> controller = Optional.empty();

    @BeforeEach
    void prepare() {
        URI ec2 =
                cloud.service().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        environment = cloud.access(ec2, ec2).environment();
        plane.apply(kinds());
        plane.kubectl("wait", "--for=condition=established", "--timeout=300s", "crd", "--all");
        plane.apply(Manifests.namespace("core"));
        plane.apply(
                """
                apiVersion: vpcresources.k8s.aws/v1beta1
                kind: SecurityGroupPolicy
                metadata: {namespace: core, name: db}
                spec: {podSelector: {matchExpressions: [{key: role, operator: In, values: [db]}]}, securityGroups: {groupIds: [sg-00000000000000001]}}
                """);
    }

    @AfterEach
    void close() {
        controller.ifPresent(Process::destroyForcibly);
        plane.close();
        cloud.close();
    }

    static String kinds() {
        try (InputStream file =
                ResourceControllerTest.class.getResourceAsStream("/vpc-kinds.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void node(String name) {
        Instance instance =
                cloud.run(
                        name, "m5.large", cloud.ledger().now().subnets().firstEntry().getKey(), 0);
        plane.apply(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: %1$s}
                spec: {providerID: "aws:///eu-central-1a/%2$s"}
                ---
                apiVersion: vpcresources.k8s.aws/v1alpha1
                kind: CNINode
                metadata: {name: %1$s}
                spec: {features: [{name: SecurityGroupsForPods}]}
                """
                        .formatted(name, instance.id()));
    }

    private void pod(String name) {
        plane.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: core, name: %s, labels: {role: db}}
                spec:
                  nodeName: a
                  containers: [{name: main, image: example.com/main:1, resources: {limits: {vpc.amazonaws.com/pod-eni: "1"}}}]
                """
                        .formatted(name));
    }

    private void startController() throws IOException {
        Path token = Files.writeString(work.resolve("token"), plane.token(User.ADMIN.name()));
        ProcessBuilder command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patchbay.meta.run.Main",
                        "cloud",
                        "controller",
                        "--server",
                        plane.url(),
                        "--ca",
                        plane.certificateAuthority().toString(),
                        "--token",
                        token.toString(),
                        "--cooldown",
                        "PT1S");
        command.environment().putAll(environment);
        controller =
                Optional.of(
                        command.redirectErrorStream(true)
                                .redirectOutput(work.resolve("log").toFile())
                                .start());
    }

    private String branch(String pod) {
        return plane.kubectl("get", "pod", pod, "-n", "core", "-o", BRANCH);
    }

    /// On the trunk or not.
    private List<String> branches() {
        return cloud.ledger().now().interfaces().values().stream()
                .filter(eni -> eni.tags().containsKey("vpcresources.k8s.aws/trunk-eni-id"))
                .map(NetworkInterface::id)
                .toList();
    }

    private List<String> told(String pod) {
        return BranchAnnotation.eni(branch(pod)).stream().toList();
    }

    private String events() {
        return plane.kubectl("get", "events", "-n", "core", "-o", "jsonpath={.items[*].message}");
    }

    private void delete(String pod) {
        plane.kubectl("delete", "pod", pod, "-n", "core", "--grace-period=0", "--force");
    }

    @Test
    void aPodGetsItsBranchAndAKilledControllerLeavesNone() throws Exception {
        node("a");
        pod("db-0");
        startController();
        Await.until("the pod is told its branch", () -> !branch("db-0").isEmpty());
        assertThat(branches()).isEqualTo(told("db-0"));
        assertThat(plane.kubectl("get", "node", "a", "-o", CAPACITY)).isEqualTo("9");
        String allocated = "Allocated [{\"eniId\":\"" + told("db-0").getFirst();
        Await.until("an event tells of it", () -> events().contains(allocated));

        killController();
        delete("db-0");
        pod("db-1");
        startController();

        Await.until("the next pod is told its branch", () -> !branch("db-1").isEmpty());
        Await.until("its branch is the only one", () -> branches().equals(told("db-1")));
        delete("db-1");
        Await.until("there is none", () -> branches().isEmpty());
    }

    private void killController() throws InterruptedException {
        controller.orElseThrow().destroyForcibly().waitFor();
    }

    private long calls() {
        return cloud.faults().calls().values().stream().mapToLong(Long::longValue).sum();
    }

    /// Each time EC2 was called so often; where nobody asks for anything any more, not at all.
    private void killAmid(List<Future<?>> callers, Random random) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            long next = calls() + 8 + random.nextInt(8);
            Await.until(
                    "EC2 is called, or nobody asks",
                    PATIENCE,
                    () -> calls() >= next || callers.stream().allMatch(Future::isDone));
            killController();
            startController();
        }
    }

    private Void comeAndGo(int caller) {
        Random random = new Random(caller);
        for (int i = 0; i < PODS_OF_EACH; i++) {
            String name = "db-%d-%d".formatted(caller, i);
            pod(name);
            if (random.nextInt(3) > 0) {
                Await.until(name + " is told its branch", PATIENCE, () -> !branch(name).isEmpty());
            }
            delete(name);
        }
        return null;
    }

    @Test
    void podsThatComeAndGoLeaveNoBranchHoweverOftenTheControllerIsKilled() throws Exception {
        node("a");
        pod("living");
        startController();
        Await.until("the pod is told its branch", () -> !branch("living").isEmpty());
        List<String> living = told("living");
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(threads.submit(() -> comeAndGo(caller)));
            }
            killAmid(callers, new Random(3));
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        Await.until("its branch is the only one", () -> branches().equals(living));
        assertThat(told("living")).isEqualTo(living);
        delete("living");
        Await.until("there is none", () -> branches().isEmpty());
    }
}
