package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.socket.Await;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ApiServerViewTest {
    private static final String PODS = "/api/v1/pods";
    private static final String AMF = "/api/v1/namespaces/core/pods/amf";
    private static final PodRef POD = new PodRef("core", "amf", "1");

    @TempDir Path directory;
    private final PaperApiServer server = new PaperApiServer();
    private ApiServerView view;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(directory.resolve("token"), "secret\n");
        server.pod("amf", "1", "{\"a\": \"b\"}");
        server.network("side");
        view = another();
    }

    private ApiServerAddress address() {
        return new ApiServerAddress(server.uri(), directory, directory.resolve("token"), "worker");
    }

    @AfterEach
    void close() {
        view.close();
        server.close();
    }

    private void awaitReady() {
        Await.until("everything is listed", () -> isReady());
    }

    private boolean isReady() {
        try {
            view.requireReady();
            return true;
        } catch (CniException e) {
            assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
            return false;
        }
    }

    private String status() {
        return server.object(AMF)
                .path("metadata")
                .path("annotations")
                .path(NetworkStatus.KEY)
                .asText();
    }

    private long gets(String path) {
        return server.asked.stream().filter(("GET " + path)::equals).count();
    }

    @Test
    void whatIsWatchedIsFoundWithoutAskingAgain() {
        server.pod("b", "2", "{}");
        server.pod("c", "3", "{}");
        awaitReady();
        Await.until(
                "the watch is there",
                () -> server.asked.stream().filter(it -> it.contains("watch=1")).count() == 4);
        server.pod(
                "d",
                "4",
                "{\"kubectl.kubernetes.io/last-applied-configuration\": \"{}\", \"x\": \"y\"}");
        for (String name : List.of("amf", "b", "c")) {
            assertThat(view.findPod(new PodRef("core", name, ""))).isPresent();
        }
        assertThat(view.findNetwork("core", "side")).isPresent();
        assertThat(view.networks()).hasSize(1);
        assertThat(server.asked).noneMatch(it -> it.startsWith("GET /api/v1/namespaces/core"));
        Await.until("the watch tells of it", () -> isWatched("d"));
        Pod d = view.findPod(new PodRef("core", "d", "4")).orElseThrow();
        assertThat(d.annotations()).containsOnlyKeys("x");
        assertThat(server.asked)
                .anyMatch(it ->
                        it.startsWith(
                                "GET /api/v1/pods?fieldSelector=spec.nodeName%3Dworker&limit="));
    }

    @Test
    void whatIsNotWatchedYetIsAskedForBeforeItCountsAsGone() {
        awaitReady();
        server.putSilently(
                "/api/v1/namespaces/core/pods/late",
                "{\"metadata\": {\"namespace\": \"core\", \"name\": \"late\", \"uid\": \"7\"}}");
        assertThat(view.findPod(new PodRef("core", "late", "7")).orElseThrow().ref().uid())
                .isEqualTo("7");
        assertThat(view.findPod(new PodRef("core", "absent", "8"))).isEmpty();
        assertThat(view.unknownPod("core", "absent").code()).isEqualTo(Standard.UNKNOWN_CONTAINER);
        assertThat(view.findNetwork("core", "absent")).isEmpty();
        assertThat(view.findNamespace("absent")).isEmpty();
    }

    @Test
    void anotherUidIsLookedAtAgain() {
        awaitReady();
        server.putSilently(
                AMF,
                "{\"metadata\": {\"namespace\": \"core\", \"name\": \"amf\", \"uid\": \"2\"}}");
        assertThat(view.findPod(POD).orElseThrow().ref().uid()).isEqualTo("1");
        assertThat(gets(AMF)).isZero();
        PodRef next = new PodRef("core", "amf", "2");
        assertThat(view.findPod(next).orElseThrow().ref().uid()).isEqualTo("2");
        assertThat(gets(AMF)).isOne();
    }

    @Test
    void aWatchThatIsCutGoesOnAndOneThatIsTooOldIsListedAgain() {
        awaitReady();
        server.cut();
        server.pod("after-cut", "2", "{}");
        Await.until("the cut is healed", () -> isWatched("after-cut"));
        server.putSilently(
                "/api/v1/namespaces/core/pods/unheard",
                "{\"metadata\": {\"namespace\": \"core\", \"name\": \"unheard\", \"uid\": \"7\"}}");
        server.pod("bump", "3", "{}");
        server.forget();
        server.delete(PODS, AMF);
        Await.until("it was listed again", () -> isWatched("unheard"));
        Await.until("what is not in the list is gone", () -> view.findPod(POD).isEmpty());
    }

    /// Whether it is found although the server would not tell.
    private boolean isWatched(String name) {
        String path = "/api/v1/namespaces/core/pods/" + name;
        long before = gets(path);
        return view.findPod(new PodRef("core", name, "")).isPresent() && gets(path) == before;
    }

    @Test
    void aNetworkThatIsDeletedIsGone() {
        awaitReady();
        server.delete(
                "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions",
                "/apis/k8s.cni.cncf.io/v1/namespaces/core/network-attachment-definitions/side");
        Await.until("it is gone", () -> view.findNetwork("core", "side").isEmpty());
    }

    @Test
    void beforeEverythingIsListedNothingIsKnown() {
        server.stop();
        try (ApiServerView early = another()) {
            assertThatExceptionOfType(CniException.class)
                    .isThrownBy(() -> early.findPod(POD))
                    .withMessageContaining("are not known yet")
                    .extracting(CniException::code)
                    .isEqualTo(Standard.TRY_AGAIN_LATER);
            assertThatExceptionOfType(CniException.class).isThrownBy(early::networks);
            server.restart();
            Await.until("it comes to know", () -> isKnown(early));
        }
    }

    @Test
    void whereNobodyDefinedNetworksThereAreNone() {
        server.refuse("GET /apis/k8s.cni.cncf.io", 404, 404);
        try (ApiServerView early = another()) {
            Await.until("it is ready", () -> isKnown(early));
        }
    }

    private ApiServerView another() {
        return ApiServerView.open(address(), InstantSource.system());
    }

    private static boolean isKnown(ApiServerView of) {
        try {
            return of.findPod(POD).isPresent();
        } catch (CniException e) {
            return false;
        }
    }

    @Test
    void whileTheServerIsAwayWhatIsKnownIsKnownAndTheRestIsToBeTriedAgain() {
        awaitReady();
        server.stop();
        assertThat(view.findPod(POD)).isPresent();
        assertThat(view.findNetwork("core", "side")).isPresent();
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> view.findPod(new PodRef("core", "new", "9")))
                .withMessageContaining("pod core/new is not known yet")
                .extracting(CniException::code)
                .isEqualTo(Standard.TRY_AGAIN_LATER);
        server.restart();
        server.pod("new", "9", "{}");
        Await.until("it is watched again", () -> isKnown(view) && isWatched("new"));
    }

    @Test
    void aStatusIsOneAnnotationOfThatPodAndIsTakenBack() {
        awaitReady();
        view.publishStatus(POD, "[1]");
        assertThat(status()).isEqualTo("[1]");
        assertThat(server.sent)
                .containsExactly(
                        "PATCH %s {\"metadata\":{\"uid\":\"1\",\"annotations\":{\"%s\":\"[1]\"}}}"
                                .formatted(AMF, NetworkStatus.KEY));
        view.withdrawStatus(POD);
        Await.until("it is taken back", () -> status().isEmpty());
        assertThat(server.object(AMF).at("/metadata/annotations/a").asText()).isEqualTo("b");
    }

    private long patches() {
        return server.asked.stream().filter(it -> it.startsWith("PATCH")).count();
    }

    @Test
    void afterAStartThosePodsAreToldThatWereNotAndNobodyElseIsAsked() {
        server.pod("untold", "2", "{\"%s\": \"[0]\"}".formatted(NetworkStatus.KEY));
        server.pod("told", "3", "{\"%s\": \"[1]\"}".formatted(NetworkStatus.KEY));
        server.pod("another", "4", "{}");
        server.pod("unknown", "5", "{}");
        try (ApiServerView next = another()) {
            next.restoreStatuses(
                    List.of(
                            POD,
                            new PodRef("core", "untold", "2"),
                            new PodRef("core", "told", "3"),
                            new PodRef("core", "another", "0"),
                            new PodRef("core", "gone", "6"),
                            new PodRef("core", "unknown", "5")),
                    pod -> pod.uid().equals("5") ? Optional.empty() : Optional.of("[1]"));
            Await.until("both are told", () -> status().equals("[1]") && patches() == 2);
        }
        assertThat(server.sent)
                .allMatch(it -> it.contains("/pods/amf ") || it.contains("/pods/untold "));
    }

    @Test
    void aServerThatIsAwayAtTheStartIsToldOnceItIsThere() {
        server.stop();
        try (ApiServerView next = another()) {
            next.restoreStatuses(List.of(POD), _ -> Optional.of("[1]"));
            server.restart();
            server.refuse("PATCH", 503, 429, 409);
            Await.until("it is told", () -> status().equals("[1]"));
        }
    }

    @Test
    void whatIsSaidAfterAStartCountsMoreThanWhatWasBeforeIt() {
        server.stop();
        try (ApiServerView next = another()) {
            var attached = new AtomicReference<>("[1]");
            next.restoreStatuses(List.of(POD), _ -> Optional.of(attached.get()));
            attached.set("[2]");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> next.publishStatus(POD, "[2]"));
            server.restart();
            Await.until("the last word counts", () -> status().equals("[2]"));
        }
        assertThat(server.sent).noneMatch(it -> it.contains("[1]"));
    }

    @Test
    void aStatusOfAPodThatIsGoneIsNobodysBusiness() {
        awaitReady();
        view.publishStatus(new PodRef("core", "absent", "5"), "[1]");
        view.publishStatus(new PodRef("core", "amf", "0"), "[1]");
        assertThat(status()).as("another pod's").isEmpty();
    }

    @Test
    void aStatusIsTriedAgainWhereTheServerIsBusy() {
        awaitReady();
        Await.until("it is written before the call returns", this::isWrittenThoughBusy);
        assertThat(status()).isEqualTo("[1]");
    }

    /// A call waits for seconds only, which a busy machine may need for three answers.
    private boolean isWrittenThoughBusy() {
        server.refuse("PATCH", 429, 500, 409);
        try {
            view.publishStatus(POD, "[1]");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Test
    void aStatusThatCannotBeWrittenNowIsWrittenLaterAndTheLastOneCounts() {
        awaitReady();
        server.stop();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> view.publishStatus(POD, "[1]"))
                .withMessageContaining("is not written yet, and will be tried again");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> view.publishStatus(POD, "[2]"));
        server.restart();
        Await.until("it is written", () -> status().equals("[2]"));
    }

    @Test
    void aServerThatDoesNotKnowItsRolesYetIsAskedAgain() {
        awaitReady();
        server.refuse("PATCH", 403, 403);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> view.publishStatus(POD, "[1]"))
                .withMessageContaining("will be tried again");
        Await.until("it is written", () -> status().equals("[1]"));
    }

    @Test
    void aStatusThatIsRefusedIsToldAndNotTriedAgain() {
        awaitReady();
        server.refuse("PATCH", 400);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> view.publishStatus(POD, "[1]"))
                .withMessage("the network-status of pod core/amf is not written")
                .havingCause()
                .withMessageContaining("is answered with 400: told to refuse");
        assertThat(status()).isEmpty();
    }

    @Test
    void aStaticPodsUidIsTheClustersOwn() {
        server.pod("amf", "mirror", "{\"kubernetes.io/config.source\": \"file\"}");
        awaitReady();
        Await.until("it is seen", () -> view.findPod(POD).orElseThrow().isStatic());
        view.publishStatus(POD, "[1]");
        assertThat(status()).isEqualTo("[1]");
    }

    @Test
    void aTokenThatIsRefusedIsReadAgain() throws IOException {
        awaitReady();
        Files.writeString(directory.resolve("token"), "renewed");
        server.acceptOnly("renewed");
        view.publishStatus(POD, "[1]");
        assertThat(status()).isEqualTo("[1]");
    }

    @Test
    void anEventIsToldOnceAndThenCounted() {
        for (int time = 0; time < 3; time++) {
            view.event(Optional.of(POD), EventType.WARNING, "NetworkRefused", "no, because");
        }
        view.event(Optional.of(POD), EventType.NORMAL, "AddedInterface", "Add eth0");
        Await.until("all are told", () -> counts().equals(List.of(1, 3)));
        JsonNode event = events().getFirst();
        assertThat(event.path("reportingController").asText()).isEqualTo("io.patchbay");
        assertThat(event.path("reportingInstance").asText()).isEqualTo("worker");
        assertThat(event.at("/regarding/uid").asText()).isEqualTo("1");
        assertThat(event.path("eventTime").asText()).matches("....-..-..T..:..:..[.][0-9]{6}Z");
    }

    @Test
    void anEventWaitsForTheServerAndNobodyWaitsForTheEvent() {
        server.stop();
        for (int n = 0; n < 1000; n++) {
            view.event(Optional.of(POD), EventType.NORMAL, "AddedInterface", "Add eth" + n);
        }
        server.restart();
        Await.until("those that found room are told", () -> events().size() >= 256);
    }

    private List<Integer> counts() {
        return events().stream().map(it -> it.at("/series/count").asInt(1)).sorted().toList();
    }

    private List<JsonNode> events() {
        return server.under("/apis/events.k8s.io/v1/namespaces/core/events/");
    }
}
