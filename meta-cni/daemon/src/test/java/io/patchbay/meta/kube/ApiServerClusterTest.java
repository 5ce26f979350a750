package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.socket.Await;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerClusterTest extends DelegatesView {
    private static final CustomKind LATE =
            new CustomKind(
                    "vpcresources.k8s.aws",
                    "v1alpha1",
                    "CNINode",
                    "cninodes",
                    CustomKind.Scope.CLUSTER);

    @TempDir Path directory;

    private final PaperApiServer server = new PaperApiServer();

    @Override
    ClusterView open() {
        server.define(collection(ENI_CONFIG));
        server.define(collection(POLICY));
        return open("worker");
    }

    private ApiServerView open(String node) {
        try {
            Path token = Files.writeString(directory.resolve("token"), "secret\n");
            return ApiServerView.open(
                    new ApiServerAddress(server.uri(), directory, token, node),
                    InstantSource.system());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void end() {
        server.close();
    }

    private static String collection(CustomKind kind) {
        return group(kind) + "/" + kind.plural();
    }

    private static String group(CustomKind kind) {
        return kind.group().isEmpty() ? "/api/" + kind.version() : "/apis/" + kind.apiVersion();
    }

    private static String path(CustomKind kind, String namespace, String name) {
        String inside = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
        return "%s%s/%s/%s".formatted(group(kind), inside, kind.plural(), name);
    }

    @Override
    void put(CustomKind kind, String namespace, String name, String rest) {
        server.put(
                collection(kind),
                path(kind, namespace, name),
                "{\"kind\": \"%s\"%s}".formatted(kind.kind(), rest));
    }

    @Override
    void remove(CustomKind kind, String namespace, String name) {
        server.delete(collection(kind), path(kind, namespace, name));
    }

    @Test
    void nothingIsAskedForWhileAnAnnotationIsAwaited() throws Exception {
        Await.until("all is watched", () -> watches() == 4);
        List<String> before = List.copyOf(server.asked);
        FutureTask<Optional<String>> awaited = await(OLD, "[1]"::equals);
        pod(OLD, "[1]");
        assertThat(awaited.get()).contains("[1]");
        assertThat(server.asked).isEqualTo(before);
    }

    private long watches() {
        return server.asked.stream().filter(call -> call.contains("watch=1")).count();
    }

    @Test
    void anAnnotationIsAwaitedBeyondAWatchThatBroke() throws Exception {
        Await.until("all is watched", () -> watches() == 4);
        FutureTask<Optional<String>> awaited = await(OLD, "[1]"::equals);
        server.cut();
        pod(OLD, "[1]");
        assertThat(awaited.get()).contains("[1]");
        FutureTask<Optional<String>> next = await(OLD, "[2]"::equals);
        server.stop();
        pod(OLD, "[2]");
        server.forget();
        assertThat(next.isDone()).isFalse();
        server.restart();
        assertThat(next.get()).as("out of a new list").contains("[2]");
    }

    @Test
    void aPodThatTheWatchHasNotBroughtYetHasItsLimitsToo() {
        PodRef late = new PodRef("core", "late", "7");
        server.putSilently(
                path(POD, "core", "late"),
                """
                {"metadata": {"namespace": "core", "name": "late", "uid": "7"},
                 "spec": {"containers": [{"resources": {"limits": {"a.b/c": "3"}}}]}}
                """);
        assertThat(cluster().limit(late, "a.b/c")).isEqualTo(3);
    }

    @Test
    void objectsAreNotWatchedBeforeSomebodyAsksAndThenOnce() {
        assertThat(server.asked).noneMatch(call -> call.contains("eniconfigs"));
        eniConfigs();
        eniConfigs();
        assertThat(server.asked).filteredOn(call -> call.contains("eniconfigs?limit")).hasSize(1);
    }

    @Test
    void objectsAreFollowedBeyondAWatchThatBroke() {
        eniConfig("zone-a", spec("\"subnet-a\""));
        CustomObjects<EniConfig> objects = eniConfigs();
        server.stop();
        eniConfig("zone-b", spec("\"subnet-b\""));
        remove(ENI_CONFIG, "", "zone-a");
        server.forget();
        assertThat(isSubnet(objects, "zone-a", "subnet-a")).as("as last known").isTrue();
        Await.until("there is trouble", () -> objects.trouble().isPresent());
        server.restart();
        Await.until("it is seen", () -> isSubnet(objects, "zone-b", "subnet-b"));
        assertThat(objects.find("zone-a")).isEmpty();
        Await.until("there is no trouble", () -> objects.trouble().isEmpty());
    }

    @Test
    void aKindThatNobodyDefinedHasNoObjectsUntilSomebodyDoes() {
        CustomObjects<Policy> objects = cluster().objects(LATE, Policy.class);
        Await.until("that is known", () -> isListed(objects));
        assertThat(objects.trouble().orElseThrow())
                .startsWith(
                        "the cluster has no cninodes of /apis/vpcresources.k8s.aws/v1alpha1, for nobody has defined them there: ")
                .contains("is answered with 404: not found");
        put(
                LATE,
                "",
                "worker",
                ", \"metadata\": {\"name\": \"worker\"}, \"spec\": {\"note\": \"x\"}");
        server.define(collection(LATE));
        Await.until("it is found", () -> objects.find("worker").isPresent());
        Await.until("there is no trouble", () -> objects.trouble().isEmpty());
    }

    @Test
    void aRightThatIsMissingIsNamedAndTheObjectsAreToBeTriedAgain() {
        server.refuse(
                "GET " + collection(ENI_CONFIG),
                Collections.nCopies(1000, 403).toArray(Integer[]::new));
        CustomObjects<EniConfig> objects = cluster().objects(ENI_CONFIG, EniConfig.class);
        Await.until("there is trouble", () -> objects.trouble().isPresent());
        String sentence =
                "get, list and watch of eniconfigs in /apis/crd.k8s.amazonaws.com/v1alpha1 are rights that the daemon's account has to have: GET of ";
        assertThat(objects.trouble().orElseThrow()).startsWith(sentence);
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> objects.find("zone-a"))
                .withMessageStartingWith(
                        "the eniconfigs.crd.k8s.amazonaws.com of %s are not known yet: %s"
                                .formatted(view().place(), sentence))
                .extracting(CniException::code)
                .isEqualTo(Standard.TRY_AGAIN_LATER);
        server.refuse("GET " + collection(ENI_CONFIG));
        Await.until("the right is there", () -> isListed(objects));
    }

    private static final String ZONE_A = "/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs/zone-a";

    private static EniConfig moved(EniConfig before) {
        return new EniConfig(before.securityGroups(), "subnet-z");
    }

    @Test
    void ofAnObjectTheKeysThatBecomeOthersAreWritten() {
        eniConfig("zone-a", spec("\"subnet-a\""));
        CustomObjects<EniConfig> objects = eniConfigs();
        objects.update("zone-a", before -> before);
        assertThat(server.sent).as("nothing becomes another").isEmpty();

        server.refuse("PATCH " + ZONE_A, 409, 409);
        objects.update("zone-a", ApiServerClusterTest::moved);

        assertThat(server.sent).as("somebody else was faster twice").hasSize(3);
        assertThat(server.sent.getLast())
                .startsWith("PATCH " + ZONE_A + " {\"metadata\":{\"resourceVersion\":\"")
                .endsWith("\"},\"spec\":{\"subnet\":\"subnet-z\"}}");
        assertThat(server.object(ZONE_A).at("/spec/subnet").asText()).isEqualTo("subnet-z");
    }

    @Test
    void whyAnObjectIsNotWrittenIsSaid() {
        eniConfig("zone-a", spec("\"subnet-a\""));
        CustomObjects<EniConfig> objects = eniConfigs();
        assertRefused(
                objects,
                "zone-b",
                Standard.INVALID_NETWORK_CONFIG,
                "zone-b of eniconfigs.crd.k8s.amazonaws.com is not written: GET of ");
        server.refuse("PATCH " + ZONE_A, 409, 409, 409, 409, 409);
        assertRefused(
                objects,
                "zone-a",
                Standard.TRY_AGAIN_LATER,
                "zone-a of eniconfigs.crd.k8s.amazonaws.com is not written: PATCH of ");
        server.refuse("PATCH " + ZONE_A, 403);
        assertRefused(
                objects,
                "zone-a",
                Standard.TRY_AGAIN_LATER,
                "zone-a of eniconfigs.crd.k8s.amazonaws.com is not written, for get and patch of them are rights that the daemon's account has to have: PATCH of ");
        server.refuse("PATCH " + ZONE_A, 422);
        assertRefused(
                objects,
                "zone-a",
                Standard.INVALID_NETWORK_CONFIG,
                "zone-a of eniconfigs.crd.k8s.amazonaws.com is not written: PATCH of ");
        assertThat(server.object(ZONE_A).at("/spec/subnet").asText()).isEqualTo("subnet-a");
    }

    private static void assertRefused(
            CustomObjects<EniConfig> objects, String name, Standard code, String beginning) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> objects.update(name, ApiServerClusterTest::moved))
                .withMessageStartingWith(beginning)
                .extracting(CniException::code)
                .isEqualTo(code);
    }

    @Test
    void aNodeThatIsNotThereYetIsToBeTriedAgain() {
        try (ApiServerView other = open("absent")) {
            ViewedCluster seen = new ViewedCluster(other, (name, loop) -> {});
            remove(NODE, "", "worker");
            Await.until(
                    "the nodes are listed, and it is not among them",
                    () -> refusal(seen).startsWith("node absent is not known, or not yet"));
        }
    }

    private static String refusal(ViewedCluster cluster) {
        try {
            return String.valueOf(cluster.nodeLabels());
        } catch (CniException e) {
            assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
            return String.valueOf(e.getMessage());
        }
    }
}
