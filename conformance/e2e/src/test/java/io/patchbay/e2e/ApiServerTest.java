package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.Kubectl;
import io.patchbay.cluster.Manifests;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.ClusterNode;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon at a real API server, as deploy/rbac.yaml lets it.
@Tag("kernel")
class ApiServerTest {
    private static ClusterNode cluster;

    @TempDir Path work;
    private ClusterNode.Seat seat;
    private PodNetns netns;
    private DaemonProcess daemon;

    @BeforeAll
    static void startCluster() {
        cluster = ClusterNode.create();
        cluster.network("side", "10.41.0.0/16");
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void start() {
        seat = cluster.seat(work);
        netns = cluster.netns("sandbox");
        daemon = seat.start();
    }

    @AfterEach
    void stop() {
        daemon.close();
        netns.close();
        cluster.plane()
                .kubectl("delete", "pods", "-n", "core", "--all", "--grace-period=0", "--force");
    }

    private Answer status() {
        return seat.call(Call.of("STATUS"));
    }

    private void awaitReady() {
        Await.until("the cluster is known", () -> status().code() == 0);
    }

    private Answer succeed(String command, String pod, String uid) {
        Answer answer = seat.call(command, netns, pod, uid);
        assertThat(answer.code()).as(answer.output()).isZero();
        return answer;
    }

    @Test
    void aPodGetsItsNetworksAndIsToldByItsAnnotationAndByEvents() {
        awaitReady();
        String uid = cluster.pod("told", "side@net7");

        succeed("ADD", "told", uid);

        assertThat(netns.run("ip", "-br", "addr")).contains("eth0", "10.40.", "net7", "10.41.");
        assertThat(cluster.status("told"))
                .contains("\"core/side\"", "\"net7\"", "\"10.41.", "\"primary\"", "\"10.40.");
        Await.until("the events are there", () -> cluster.events("told").lines().count() == 2);
        assertThat(cluster.events("told"))
                .containsPattern(
                        "Normal AddedInterface Add eth0 \\[10\\.40\\.[0-9./]+] from primary")
                .containsPattern(
                        "Normal AddedInterface Add net7 \\[10\\.41\\.[0-9./]+] from core/side");

        succeed("DEL", "told", uid);
        Await.until("the annotation is taken back", () -> cluster.status("told").isEmpty());
    }

    @Test
    void aRefusalIsAnEventOfThePod() {
        awaitReady();
        String uid = cluster.pod("lost", "nowhere");

        Answer answer = seat.call("ADD", netns, "lost", uid);

        assertThat(answer.code()).isEqualTo(7);
        assertThat(answer.message()).contains("network core/nowhere", "in the cluster of https://");
        assertThat(seat.call("ADD", netns, "lost", uid).code()).isEqualTo(7);
        Await.until("the event is there", () -> !cluster.events("lost").isEmpty());
        assertThat(cluster.events("lost"))
                .isEqualTo("Warning NetworkRefused " + answer.message() + "\n");
    }

    @Test
    void aNetworkAndAPodThatWereMadeJustNowAreFound() {
        awaitReady();
        for (int round = 0; round < 5; round++) {
            cluster.network("fresh" + round, "10.42.0.0/24");
            String uid = cluster.pod("fresh" + round, "fresh" + round);
            succeed("ADD", "fresh" + round, uid);
            succeed("DEL", "fresh" + round, uid);
            cluster.plane().kubectl("delete", "nad", "-n", "core", "fresh" + round);
        }
    }

    @Test
    void aPodThatIsGoneIsCodeThreeAndOneThatCameBackIsAnother() {
        awaitReady();
        String first = cluster.pod("amf", "side");
        succeed("ADD", "amf", first);
        succeed("DEL", "amf", first);
        cluster.delete("amf");
        Await.until("it is gone", () -> seat.call("ADD", netns, "amf", first).code() == 3);

        String second = cluster.pod("amf", "side");
        Answer answer = seat.call("ADD", netns, "amf", first);
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.message()).contains(first, second, "an earlier pod");
        succeed("ADD", "amf", second);
        assertThat(cluster.status("amf")).contains("core/side");
        succeed("DEL", "amf", second);
    }

    @Test
    void whileTheApiServerIsAwayPodsThatAreKnownStartAndAreToldLater() {
        awaitReady();
        String uid = cluster.pod("amf", "side");
        succeed("ADD", "amf", uid);
        succeed("DEL", "amf", uid);
        cluster.plane().kill();

        succeed("ADD", "amf", uid);
        succeed("DEL", "amf", uid);
        succeed("ADD", "amf", uid);
        assertThat(daemon.log()).contains("core/amf is not written yet, and will be tried again");
        Answer unknown = seat.call("ADD", netns, "unheard-of", "1");
        assertThat(unknown.code()).isEqualTo(11);
        assertThat(unknown.message()).contains("core/unheard-of is not known yet");
        assertThat(status().code()).isZero();

        cluster.plane().restart();
        Await.until("the status is written", () -> cluster.status("amf").contains("core/side"));
        String next = cluster.pod("smf", "side");
        succeed("DEL", "amf", uid);
        succeed("ADD", "smf", next);
        succeed("DEL", "smf", next);
    }

    @Test
    void theApiServerDiesInTheMiddleOfChurn() throws InterruptedException {
        awaitReady();
        String uid = cluster.pod("amf", "side");
        Thread death = Thread.ofVirtual().start(cluster.plane()::kill);
        for (int round = 0; round < 20; round++) {
            succeed("ADD", "amf", uid);
            succeed("DEL", "amf", uid);
        }
        death.join();
        succeed("ADD", "amf", uid);
        cluster.plane().restart();
        Await.until("the last word counts", () -> cluster.status("amf").contains("core/side"));
        succeed("DEL", "amf", uid);
        Await.until("and is taken back", () -> cluster.status("amf").isEmpty());
    }

    @Test
    void beforeTheClusterIsKnownNothingIsClaimed() {
        String uid = cluster.pod("amf", "side");
        daemon.close();
        cluster.plane().kill();

        daemon = seat.start();

        assertThat(seat.configurations().resolve("00-patchbay.conflist")).exists();
        assertThat(status().code()).isEqualTo(50);
        assertThat(status().message()).contains("are not known yet");
        assertThat(seat.call("ADD", netns, "amf", uid).code()).isEqualTo(11);
        cluster.plane().restart();
        awaitReady();
        succeed("ADD", "amf", uid);
        succeed("DEL", "amf", uid);
    }

    @Test
    void aTokenThatExpiredIsReplacedWithoutARestart() {
        daemon.close();
        seat.renewToken(Duration.ofHours(-1));
        daemon = seat.start();
        daemon.awaitLine("is answered with 401");
        assertThat(status().code()).isEqualTo(50);

        seat.renewToken(Duration.ofHours(1));

        awaitReady();
        String uid = cluster.pod("amf", "side");
        succeed("ADD", "amf", uid);
        assertThat(cluster.status("amf")).contains("core/side");
        succeed("DEL", "amf", uid);
    }

    @Test
    void theRoleAllowsWhatIsNeededAndNoMore() {
        String uid = cluster.pod("amf", "side");
        Kubectl daemonsOwn = cluster.plane().bearing(cluster.token(Duration.ofHours(1)));
        assertThat(daemonsOwn.run("get", "node", ClusterNode.NAME, "-o", "name"))
                .contains("worker");
        for (String[] refused :
                List.of(
                        new String[] {"delete", "pod", "amf", "-n", "core"},
                        new String[] {"get", "secrets", "-A"},
                        new String[] {"get", "nodes"},
                        new String[] {"label", "node", ClusterNode.NAME, "a=b"},
                        new String[] {"delete", "nad", "side", "-n", "core"},
                        new String[] {"get", "events", "-A"})) {
            assertThat(daemonsOwn.attempt(refused).errors())
                    .as(String.join(" ", refused))
                    .contains("Forbidden");
        }
        assertThat(uid).isNotEmpty();
    }

    /// What the daemon relies on, in the words of the real server.
    @Test
    void n27_aPatchWithAnotherPodsUidIsInvalid() {
        cluster.pod("amf", "side");
        Kubectl.Said said =
                cluster.plane()
                        .as("admin")
                        .attempt(
                                "patch",
                                "pod",
                                "amf",
                                "-n",
                                "core",
                                "--type=merge",
                                "-p",
                                "{\"metadata\":{\"uid\":\"another\",\"annotations\":{\"a\":\"b\"}}}");
        assertThat(said.errors()).contains("is invalid: metadata.uid");
    }

    @Test
    void aLargeClusterFitsIntoALittleMemory() throws IOException {
        List<String> objects = new ArrayList<>();
        for (int n = 0; n < 2_000; n++) {
            objects.add(
                    Manifests.network(
                            "large",
                            "network-" + n,
                            "{\"cniVersion\": \"1.1.0\", \"type\": \"bridge\", \"bridge\": \"br%d\"}"
                                    .formatted(n)));
        }
        for (int n = 0; n < 250; n++) {
            objects.add(
                    Manifests.pod(
                            "large",
                            "pod-" + n,
                            ClusterNode.NAME,
                            Map.of(ClusterNode.NETWORKS, "network-" + n)));
        }
        cluster.plane().apply(Manifests.namespace("large"));
        awaitReady();
        long before = resident();

        cluster.plane().create(objects);

        String uid = cluster.pod("amf", "large/network-1999");
        Answer answer = seat.call("ADD", netns, "amf", uid);
        assertThat(answer.code()).as(answer.output()).isZero();
        long watched = resident();
        daemon.close();
        daemon = seat.start();
        awaitReady();
        System.out.printf(
                "resident: %d MiB, %d MiB after 2000 networks and 250 pods came, %d MiB after a start with them%n",
                before >> 10, watched >> 10, resident() >> 10);
        succeed("DEL", "amf", uid);
        // kubectl would take a request for each.
        cluster.plane().empty("large");
    }

    /// In KiB.
    private long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + daemon.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
