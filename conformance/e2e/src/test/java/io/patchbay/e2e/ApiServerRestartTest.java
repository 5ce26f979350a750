package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What pods of a real API server are told by a daemon that finds them attached.
class ApiServerRestartTest extends OnCluster {
    private SeatedDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new SeatedDaemon(cluster, cluster.seat(work));
        daemon.awaitReady();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void aStatusThatADaemonTookToItsGraveIsToldByTheNextOne() {
        String uid = cluster.pod("amf", "side");
        cluster.plane().kill();
        daemon.succeed("ADD", "amf", uid);
        daemon.kill();

        cluster.plane().restart();
        assertThat(cluster.status("amf")).isEmpty();
        daemon.restart();

        Await.until("the status is there", () -> cluster.status("amf").contains("core/side"));
        daemon.succeed("DEL", "amf", uid);
        Await.until("and is taken back", () -> cluster.status("amf").isEmpty());
        cluster.delete("amf");
    }

    @Test
    void aPodThatWasToldIsNotWrittenAgainAndOneThatHasAnotherStatusIs() {
        String told = cluster.pod("told", "side");
        daemon.succeed("ADD", "told", told);
        daemon.kill();
        String version = version("told");

        daemon.restart();
        daemon.process().awaitLine("of 1 attached pods 0 have no right network-status");
        daemon.process().stop();

        assertThat(version("told")).isEqualTo(version);

        String status = cluster.status("told");
        cluster.annotate("told", "k8s.v1.cni.cncf.io/network-status", "[]");
        daemon.restart();
        Await.until("it is as it was", () -> cluster.status("told").equals(status));
        daemon.succeed("DEL", "told", told);
        cluster.delete("told");
    }

    private static String version(String pod) {
        return cluster.plane()
                .kubectl(
                        "get",
                        "pod",
                        pod,
                        "-n",
                        "core",
                        "-o",
                        "jsonpath={.metadata.resourceVersion}");
    }
}
