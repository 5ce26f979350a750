package io.patchbay.kit.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ScriptedClusterTest {
    private static final CustomKind CORD =
            new CustomKind("example.org", "v1", "Cord", "cords", CustomKind.Scope.CLUSTER);
    private static final PodRef OLD = new PodRef("rig", "a", "1");
    private static final PodRef NEW = new PodRef("rig", "a", "2");

    private final ScriptedCluster script = new ScriptedCluster();
    private final Cluster cluster =
            script.of((name, loop) -> Thread.ofPlatform().daemon().start(loop));

    record Cord(String colour) {}

    @Test
    void aPodIsAsTheTestSaysAndNoOtherOfThatName() {
        assertThat(cluster.annotation(OLD, "k")).isEmpty();
        script.annotate(OLD, "k", "v");
        script.annotate(OLD, "l", "w");
        script.limit(OLD, "a/b", 2);
        assertThat(cluster.annotation(OLD, "k")).contains("v");
        assertThat(cluster.limit(OLD, "a/b")).isEqualTo(2);
        assertThat(cluster.limit(OLD, "c/d")).isZero();
        assertThat(cluster.annotation(NEW, "k")).isEmpty();
        assertThat(cluster.annotation(new PodRef("rig", "a", ""), "l")).contains("w");
        script.pod(new ScriptedPod(NEW, Map.of("app", "x"), Map.of(), Map.of()));
        assertThat(cluster.podLabels(NEW)).isEqualTo(Map.of("app", "x"));
        assertThat(cluster.annotation(OLD, "k")).isEmpty();
        script.removePod(NEW);
        assertThat(cluster.podLabels(NEW)).isEmpty();
    }

    @Test
    void anObjectIsChangedInTheKeysThatBecomeOthers() {
        CustomObjects<Cord> cords = cluster.objects(CORD, Cord.class);
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> cords.update("a", cord -> cord))
                .withMessage("cords.example.org a is not there");
        script.object(CORD, "a", "{\"colour\": \"red\", \"length\": 3}");
        cords.update("a", cord -> new Cord("blue"));
        assertThat(cords.find("a")).contains(new Cord("blue"));
        assertThat(script.objects(CORD).find("a").orElseThrow().path("length").asInt())
                .as("what the record does not know")
                .isEqualTo(3);
        script.trouble(CORD, "the server is away");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> cords.update("a", cord -> new Cord("green")))
                .withMessage("cords.example.org a is not written: the server is away");
    }

    @Test
    void podsThatNobodyWroteAreMadeOnceWhereTheTestSaysSo() {
        script.everyPod(ref -> new ScriptedPod(ref, Map.of("app", ref.uid()), Map.of(), Map.of()));
        assertThat(cluster.podLabels(OLD)).isEqualTo(Map.of("app", "1"));
        assertThat(cluster.podLabels(NEW)).isEmpty();
    }

    @Test
    void anAnnotationIsAwaited() throws Exception {
        script.annotate(OLD, "k", "old");
        CountDownLatch looked = new CountDownLatch(1);
        FutureTask<Optional<String>> awaited =
                new FutureTask<>(() ->
                        cluster.awaitAnnotation(
                                OLD,
                                "k",
                                value -> {
                                    looked.countDown();
                                    return value.equals("new");
                                },
                                Instant.now().plusSeconds(50)));
        Thread.ofPlatform().daemon().start(awaited);
        looked.await();
        script.annotate(OLD, "k", "new");
        assertThat(awaited.get()).contains("new");
        assertThat(cluster.awaitAnnotation(NEW, "k", _ -> true, Instant.now())).isEmpty();
    }

    @Test
    void objectsAreBoundAsAtARealClusterAndTheirChangesTold() throws InterruptedException {
        CustomObjects<Cord> cords = cluster.objects(CORD, Cord.class);
        Semaphore told = new Semaphore(0);
        cords.onChange(told::release);
        script.object(CORD, "a", "{\"colour\": \"red\", \"new\": 1}");
        told.acquire();
        assertThat(cords.find("a")).contains(new Cord("red"));
        assertThat(cords.trouble()).isEmpty();
        script.object(CORD, "a", "{\"colour\": 5}");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> cords.find("a"))
                .withMessage("Cord a, key \"spec.colour\": a string is expected, not 5");
        script.removeObject(CORD, "a");
        assertThat(cords.find("a")).isEmpty();
        script.trouble(CORD, "nobody knows");
        assertThat(cords.trouble()).contains("nobody knows");
        script.trouble(CORD, "");
        assertThat(cords.trouble()).isEmpty();
    }

    @Test
    void theNodeIsAsTheTestSaysAndWhatIsToldIsKept() {
        script.nodeLabels(Map.of("zone", "a"));
        script.nodeAnnotations(Map.of("eni", "b"));
        assertThat(cluster.nodeLabels()).isEqualTo(Map.of("zone", "a"));
        assertThat(cluster.nodeAnnotations()).isEqualTo(Map.of("eni", "b"));
        cluster.event(Optional.of(OLD), "Waits", "for the controller");
        cluster.condition("Ready", false, "Full", "no address is left");
        assertThat(script.told())
                .isEqualTo(List.of("Waits: for the controller", "Full: no address is left"));
    }
}
