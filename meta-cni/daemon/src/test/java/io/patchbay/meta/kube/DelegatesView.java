package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.patchbay.meta.socket.Await;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomKind.Scope;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a delegate sees of a cluster, whoever tells of it.
@Timeout(300)
abstract class DelegatesView {
    static final CustomKind NODE = new CustomKind("", "v1", "Node", "nodes", Scope.CLUSTER);
    static final CustomKind POD = new CustomKind("", "v1", "Pod", "pods", Scope.NAMESPACED);
    static final CustomKind ENI_CONFIG =
            new CustomKind(
                    "crd.k8s.amazonaws.com", "v1alpha1", "ENIConfig", "eniconfigs", Scope.CLUSTER);
    static final CustomKind POLICY =
            new CustomKind(
                    "vpcresources.k8s.aws",
                    "v1beta1",
                    "SecurityGroupPolicy",
                    "securitygrouppolicies",
                    Scope.NAMESPACED);
    static final String KEY = "vpc.amazonaws.com/pod-eni";
    static final PodRef OLD = new PodRef("core", "amf", "1");
    static final PodRef NEW = new PodRef("core", "amf", "2");

    record EniConfig(List<String> securityGroups, String subnet) {
        EniConfig {
            if (!subnet.startsWith("subnet-")) {
                throw new IllegalArgumentException(
                        "subnet \"%s\" is no subnet: write subnet-…".formatted(subnet));
            }
        }
    }

    record Policy(Optional<String> note) {}

    private final List<Thread> loops = new CopyOnWriteArrayList<>();
    private ClusterView view;
    private Cluster cluster;

    /// Writes an object as its manifest has it.
    abstract void put(CustomKind kind, String namespace, String name, String rest);

    abstract void remove(CustomKind kind, String namespace, String name);

    /// Looks at the first objects, once they are there.
    abstract ClusterView open();

    /// Ends what was looked at.
    void end() {}

    final ClusterView view() {
        return view;
    }

    final Cluster cluster() {
        return cluster;
    }

    @BeforeEach
    void look() {
        put(
                NODE,
                "",
                "worker",
                """
                , "metadata": {"name": "worker", "labels": {"zone": "a"},
                  "annotations": {"k8s.amazonaws.com/eniConfig": "zone-a"}}
                """);
        pod(OLD, "stale");
        view = open();
        cluster = new ViewedCluster(view, this::run);
        Await.until("the pod is known", () -> isAnnotated(OLD, "stale"));
    }

    private void run(String name, Runnable loop) {
        loops.add(Thread.ofPlatform().daemon().name(name).start(loop));
    }

    @AfterEach
    void close() throws InterruptedException {
        endLoops();
        view.close();
        end();
    }

    private void endLoops() throws InterruptedException {
        for (Thread loop : loops) {
            loop.interrupt();
            loop.join();
        }
    }

    final void pod(PodRef pod, String annotation) {
        put(
                POD,
                "core",
                pod.name(),
                """
                , "metadata": {"namespace": "core", "name": "%s", "uid": "%s",
                  "labels": {"app": "amf-%s"}, "annotations": {"%s": "%s"}},
                "spec": {
                  "initContainers": [{"name": "i", "resources": {"limits": {"a.b/c": 5, "%s": "1"}}}],
                  "containers": [
                    {"name": "a"},
                    {"name": "b", "resources": {"limits": {"%s": "1", "a.b/c": "2"}}},
                    {"name": "c", "resources": {"limits": {"%s": 1, "a.b/c": "2"}}}]}
                """
                        .formatted(
                                pod.name(), pod.uid(), pod.uid(), KEY, annotation, KEY, KEY, KEY));
    }

    final boolean isAnnotated(PodRef pod, String value) {
        try {
            return cluster.annotation(pod, KEY).equals(Optional.of(value));
        } catch (CniException e) {
            assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
            return false;
        }
    }

    final void eniConfig(String name, String spec) {
        put(ENI_CONFIG, "", name, ", \"metadata\": {\"name\": \"%s\"}%s".formatted(name, spec));
    }

    static String spec(String subnet) {
        return ", \"spec\": {\"securityGroups\": [\"sg-1\"], \"subnet\": %s, \"new\": {\"a\": [1]}}"
                .formatted(subnet);
    }

    /// Waits on a thread of its own until an annotation of a pod fits.
    final FutureTask<Optional<String>> await(PodRef pod, Predicate<String> fits) {
        FutureTask<Optional<String>> task =
                new FutureTask<>(() ->
                        cluster.awaitAnnotation(pod, KEY, fits, Instant.now().plusSeconds(50)));
        Thread thread = Thread.ofPlatform().daemon().start(task);
        Await.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    @Test
    void whatIsSaidOfAPodIsFound() {
        assertThat(cluster.annotation(OLD, KEY)).contains("stale");
        assertThat(cluster.annotation(OLD, "other")).isEmpty();
        assertThat(cluster.podLabels(OLD)).containsEntry("app", "amf-1");
    }

    @Test
    void limitsAreThoseOfAllContainersAndOfTheLargestInitContainer() {
        assertThat(cluster.limit(OLD, KEY)).as("of the second and the third").isEqualTo(2);
        assertThat(cluster.limit(OLD, "a.b/c")).as("of the first, which is larger").isEqualTo(5);
        assertThat(cluster.limit(OLD, "other")).isZero();
        assertThat(cluster.limit(new PodRef("core", "absent", "9"), KEY)).isZero();
    }

    @Test
    void anEarlierPodOfThatNameHasNothingToSayOfThisOne() {
        assertThat(cluster.annotation(NEW, KEY)).isEmpty();
        assertThat(cluster.podLabels(NEW)).isEmpty();
        assertThat(cluster.limit(NEW, KEY)).isZero();
        pod(NEW, "fresh");
        Await.until("the new one is known", () -> isAnnotated(NEW, "fresh"));
        assertThat(cluster.podLabels(NEW)).containsEntry("app", "amf-2");
        Await.until("the old one is not", () -> cluster.annotation(OLD, KEY).isEmpty());
        assertThat(cluster.annotation(new PodRef("core", "amf", ""), KEY))
                .as("of whatever pod has that name")
                .contains("fresh");
    }

    @Test
    void anAnnotationThatFitsAlreadyIsNotWaitedFor() throws InterruptedException {
        assertThat(
                        cluster.awaitAnnotation(
                                OLD, KEY, "stale"::equals, Instant.now().plusSeconds(50)))
                .contains("stale");
    }

    @Test
    void anAnnotationIsAwaitedUntilItFits() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        FutureTask<Optional<String>> awaited =
                await(
                        OLD,
                        value -> {
                            seen.add(value);
                            return value.equals("[3]");
                        });
        pod(OLD, "[2]");
        Await.until("it was looked at", () -> seen.contains("[2]"));
        assertThat(awaited.isDone()).isFalse();
        pod(OLD, "[3]");
        assertThat(awaited.get()).contains("[3]");
        assertThat(seen).startsWith("stale").endsWith("[3]");
    }

    @Test
    void theAnnotationOfAnEarlierPodIsNotWhatIsAwaited() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        FutureTask<Optional<String>> awaited = await(NEW, seen::add);
        pod(OLD, "staler");
        pod(NEW, "fresh");
        assertThat(awaited.get()).contains("fresh");
        assertThat(seen).containsOnly("fresh");
    }

    @Test
    void whatDoesNotComeIsEmptyAtTheDeadline() throws InterruptedException {
        assertThat(cluster.awaitAnnotation(OLD, KEY, _ -> false, Instant.now().plusMillis(20)))
                .isEmpty();
        assertThat(cluster.awaitAnnotation(NEW, KEY, _ -> true, Instant.now().plusMillis(20)))
                .isEmpty();
        assertThat(cluster.awaitAnnotation(OLD, KEY, _ -> false, Instant.MIN)).isEmpty();
    }

    @Test
    void whoeverWaitsCanBeInterrupted() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        FutureTask<Optional<String>> task =
                new FutureTask<>(() ->
                        cluster.awaitAnnotation(
                                OLD,
                                KEY,
                                _ -> {
                                    looked.countDown();
                                    return false;
                                },
                                Instant.MAX));
        Thread waiting = Thread.ofPlatform().daemon().start(task);
        looked.await();
        waiting.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(task::get)
                .withCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void theNodesNameLabelsAndAnnotationsAreKnownAndFollowed() {
        Await.until(
                "they are known",
                () -> {
                    try {
                        return "a".equals(cluster.nodeLabels().get("zone"));
                    } catch (CniException e) {
                        return false;
                    }
                });
        assertThat(cluster.nodeName()).contains("worker");
        assertThat(cluster.nodeAnnotations())
                .containsExactly(entry("k8s.amazonaws.com/eniConfig", "zone-a"));
        put(
                NODE,
                "",
                "worker",
                """
                , "metadata": {"name": "worker",
                  "annotations": {"k8s.amazonaws.com/eniConfig": "zone-b"}}
                """);
        Await.until("they are others", () -> cluster.nodeAnnotations().containsValue("zone-b"));
        assertThat(cluster.nodeLabels()).isEmpty();
    }

    /// Waits until a kind was listed.
    final CustomObjects<EniConfig> eniConfigs() {
        CustomObjects<EniConfig> objects = cluster.objects(ENI_CONFIG, EniConfig.class);
        Await.until("they are listed", () -> isListed(objects));
        return objects;
    }

    static boolean isListed(CustomObjects<?> objects) {
        try {
            return objects.find("nobody").isEmpty();
        } catch (CniException e) {
            assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
            return false;
        }
    }

    static boolean isSubnet(CustomObjects<EniConfig> objects, String name, String subnet) {
        return objects.find(name).filter(it -> it.subnet().equals(subnet)).isPresent();
    }

    @Test
    void customObjectsAreFoundChangedAndDeleted() {
        eniConfig("zone-a", spec("\"subnet-a\""));
        CustomObjects<EniConfig> objects = eniConfigs();
        assertThat(objects.trouble()).isEmpty();
        assertThat(objects.find("zone-a")).contains(new EniConfig(List.of("sg-1"), "subnet-a"));
        assertThat(objects.find("zone-b")).isEmpty();
        eniConfig("zone-b", spec("\"subnet-b\""));
        Await.until("it is seen", () -> isSubnet(objects, "zone-b", "subnet-b"));
        eniConfig("zone-a", spec("\"subnet-c\""));
        Await.until("the change is seen", () -> isSubnet(objects, "zone-a", "subnet-c"));
        remove(ENI_CONFIG, "", "zone-a");
        Await.until("it is gone", () -> objects.find("zone-a").isEmpty());
        assertThat(objects.find("zone-b")).isPresent();
    }

    @Test
    void aNamespacedOneIsFoundByItsNamespace() {
        put(
                POLICY,
                "core",
                "open",
                """
                , "metadata": {"namespace": "core", "name": "open"}, "spec": {"note": "x"}
                """);
        put(
                POLICY,
                "core",
                "bare",
                ", \"metadata\": {\"namespace\": \"core\", \"name\": \"bare\"}");
        CustomObjects<Policy> objects = cluster.objects(POLICY, Policy.class);
        Await.until("they are listed", () -> isListed(objects));
        assertThat(objects.find("core/open")).contains(new Policy(Optional.of("x")));
        assertThat(objects.find("core/bare")).as("without a spec").isPresent();
        assertThat(objects.find("open")).isEmpty();
        assertThat(objects.find("edge/open")).isEmpty();
    }

    @Test
    void oneThatDoesNotFitIsRefusedByNameKeyAndValueUntilItDoes() {
        eniConfig("number", spec("5"));
        eniConfig("other", spec("\"vpc-1\""));
        eniConfig("bare", "");
        eniConfig("text", ", \"spec\": \"x\"");
        CustomObjects<EniConfig> objects = eniConfigs();
        assertRefused(objects, "number", "key \"spec.subnet\": a string is expected, not 5");
        assertRefused(
                objects, "other", "key \"spec\": subnet \"vpc-1\" is no subnet: write subnet-…");
        assertRefused(objects, "bare", "key \"spec.subnet\": it is missing");
        assertRefused(objects, "text", "key \"spec\": an object is expected, not the string \"x\"");
        eniConfig("number", spec("\"subnet-5\""));
        Await.until("it fits", () -> fits(objects, "number"));
    }

    private static void assertRefused(
            CustomObjects<EniConfig> objects, String name, String sentence) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> objects.find(name))
                .withMessage("ENIConfig %s, %s".formatted(name, sentence))
                .extracting(CniException::code)
                .isEqualTo(Standard.INVALID_NETWORK_CONFIG);
    }

    private static boolean fits(CustomObjects<EniConfig> objects, String name) {
        try {
            return objects.find(name).isPresent();
        } catch (CniException e) {
            return false;
        }
    }

    @Test
    void whoeverWantsToKnowIsToldOfEachChangeAndNotAfterTheEnd() throws InterruptedException {
        CustomObjects<EniConfig> objects = eniConfigs();
        List<Optional<EniConfig>> seen = new CopyOnWriteArrayList<>();
        objects.onChange(() -> {
            seen.add(objects.find("zone-a"));
            throw new IllegalStateException("a listener that fails");
        });
        eniConfig("zone-a", spec("\"subnet-a\""));
        Await.until("it was told", () -> seen.stream().anyMatch(Optional::isPresent));
        remove(ENI_CONFIG, "", "zone-a");
        Await.until("it was told again", () -> seen.getLast().isEmpty());
        endLoops();
        int calls = seen.size();
        eniConfig("zone-a", spec("\"subnet-a\""));
        Await.until("it is seen", () -> isSubnet(objects, "zone-a", "subnet-a"));
        assertThat(seen).hasSize(calls);
    }
}
