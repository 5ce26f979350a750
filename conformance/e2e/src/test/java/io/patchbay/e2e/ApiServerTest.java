package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.Kubectl;
import io.patchbay.cluster.Manifests;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.ClusterNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The daemon at a real API server, as deploy/rbac.yaml lets it.
class ApiServerTest extends OnCluster {
    private SeatedDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new SeatedDaemon(cluster, cluster.seat(work));
    }

    @AfterEach
    void stop() {
        daemon.close();
        deletePods();
    }

    @Test
    void aPodGetsItsNetworksAndIsToldByItsAnnotationAndByEvents() {
        daemon.awaitReady();
        String uid = cluster.pod("told", "side@net7");

        daemon.succeed("ADD", "told", uid);

        assertThat(daemon.netns().run("ip", "-br", "addr"))
                .contains("eth0", "10.40.", "net7", "10.41.");
        assertThat(cluster.status("told"))
                .contains("\"core/side\"", "\"net7\"", "\"10.41.", "\"primary\"", "\"10.40.");
        Await.until("the events are there", () -> cluster.events("told").lines().count() == 2);
        assertThat(cluster.events("told"))
                .containsPattern(
                        "Normal AddedInterface Add eth0 \\[10\\.40\\.[0-9./]+] from primary")
                .containsPattern(
                        "Normal AddedInterface Add net7 \\[10\\.41\\.[0-9./]+] from core/side");

        daemon.succeed("DEL", "told", uid);
        Await.until("the annotation is taken back", () -> cluster.status("told").isEmpty());
    }

    @Test
    void aRefusalIsAnEventOfThePod() {
        daemon.awaitReady();
        String uid = cluster.pod("lost", "nowhere");

        Answer answer = daemon.call("ADD", "lost", uid);

        assertThat(answer.code()).isEqualTo(7);
        assertThat(answer.message()).contains("network core/nowhere", "in the cluster of https://");
        assertThat(daemon.call("ADD", "lost", uid).code()).isEqualTo(7);
        Await.until("the event is there", () -> !cluster.events("lost").isEmpty());
        assertThat(cluster.events("lost"))
                .isEqualTo("Warning NetworkRefused " + answer.message() + "\n");
    }

    @Test
    void aNetworkAndAPodThatWereMadeJustNowAreFound() {
        daemon.awaitReady();
        for (int round = 0; round < 5; round++) {
            cluster.network("fresh" + round, "10.42.0.0/24");
            String uid = cluster.pod("fresh" + round, "fresh" + round);
            daemon.succeed("ADD", "fresh" + round, uid);
            daemon.succeed("DEL", "fresh" + round, uid);
            cluster.plane().kubectl("delete", "nad", "-n", "core", "fresh" + round);
        }
    }

    @Test
    void aPodThatIsGoneIsCodeThreeAndOneThatCameBackIsAnother() {
        daemon.awaitReady();
        String first = cluster.pod("amf", "side");
        daemon.succeed("ADD", "amf", first);
        daemon.succeed("DEL", "amf", first);
        cluster.delete("amf");
        Await.until("it is gone", () -> daemon.call("ADD", "amf", first).code() == 3);

        String second = cluster.pod("amf", "side");
        Answer answer = daemon.call("ADD", "amf", first);
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.message()).contains(first, second, "an earlier pod");
        daemon.succeed("ADD", "amf", second);
        assertThat(cluster.status("amf")).contains("core/side");
        daemon.succeed("DEL", "amf", second);
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
                        new String[] {"get", "configmaps", "-A"},
                        new String[] {"delete", "node", ClusterNode.NAME},
                        new String[] {"label", "node", ClusterNode.NAME, "a=b"},
                        new String[] {"delete", "nad", "side", "-n", "core"},
                        new String[] {"get", "events", "-A"})) {
            assertThat(daemonsOwn.attempt(refused).errors())
                    .as(String.join(" ", refused))
                    .contains("Forbidden");
        }
        assertThat(uid).isNotEmpty();
    }

    @Test
    void aNodeWithSecurityGroupsForPodsAsksTheResourceControllerForATrunk() {
        cluster.plane().apply(ResourceControllerTest.kinds());
        cluster.plane()
                .kubectl("wait", "--for=condition=established", "--timeout=300s", "crd", "--all");
        cluster.plane()
                .apply(
                        """
                        apiVersion: vpcresources.k8s.aws/v1alpha1
                        kind: CNINode
                        metadata: {name: worker}
                        spec: {tags: {team: core}}
                        """);
        daemon.close();
        daemon =
                new SeatedDaemon(
                        cluster,
                        cluster.seat(
                                work.resolve("branches"),
                                cluster.plane().url(),
                                "{type: vpc}",
                                """
                                delegates:
                                  vpc:
                                    imds: http://127.0.0.1:9
                                    securityGroupsForPods: {enabled: true}
                                """));
        Await.until(
                "the node asks for it",
                () ->
                        cluster.plane()
                                .kubectl("get", "cninode", "worker", "-o", "jsonpath={.spec}")
                                .equals(
                                        "{\"features\":[{\"name\":\"SecurityGroupsForPods\"}],\"tags\":{\"team\":\"core\"}}"));
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
        daemon.awaitReady();
        long before = resident();

        cluster.plane().create(objects);

        String uid = cluster.pod("amf", "large/network-1999");
        Answer answer = daemon.call("ADD", "amf", uid);
        assertThat(answer.code()).as(answer.output()).isZero();
        long watched = resident();
        daemon.process().stop();
        daemon.restart();
        daemon.awaitReady();
        System.out.printf(
                "resident: %d MiB, %d MiB after 2000 networks and 250 pods came, %d MiB after a start with them%n",
                before >> 10, watched >> 10, resident() >> 10);
        daemon.succeed("DEL", "amf", uid);
        // kubectl would take a request for each.
        cluster.plane().empty("large");
    }

    /// In KiB.
    private long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + daemon.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
