package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.ClusterNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real API server that goes away and comes back, or no longer knows the daemon.
class ApiServerOutageTest extends OnCluster {
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private ClusterNode.Seat seat;
    private SeatedDaemon daemon;

    @BeforeEach
    void start() {
        seat = cluster.seat(work);
        daemon = new SeatedDaemon(cluster, seat);
    }

    @AfterEach
    void stop() {
        daemon.close();
        deletePods();
    }

    @Test
    void whileTheApiServerIsAwayPodsThatAreKnownStartAndAreToldLater() {
        daemon.awaitReady();
        String uid = cluster.pod("amf", "side");
        daemon.succeed("ADD", "amf", uid);
        daemon.succeed("DEL", "amf", uid);
        cluster.plane().kill();

        daemon.succeed("ADD", "amf", uid);
        daemon.process().awaitLine("core/amf is not written yet, and will be tried again");
        Answer unknown = daemon.call("ADD", "unheard-of", "1");
        assertThat(unknown.code()).isEqualTo(11);
        assertThat(unknown.message()).contains("core/unheard-of is not known yet");
        assertThat(daemon.status().code()).isZero();

        cluster.plane().restart();
        Await.until("the status is written", () -> cluster.status("amf").contains("core/side"));
        String next = cluster.pod("smf", "side");
        daemon.succeed("DEL", "amf", uid);
        daemon.succeed("ADD", "smf", next);
        daemon.succeed("DEL", "smf", next);
    }

    @Test
    void churnGoesOnWhileTheApiServerIsDeadForHalfAMinute() throws InterruptedException {
        daemon.awaitReady();
        String uid = cluster.pod("amf", "side");
        daemon.succeed("ADD", "amf", uid);
        daemon.succeed("DEL", "amf", uid);
        Thread death = Thread.ofPlatform().daemon().start(cluster.plane()::kill);
        long end = System.nanoTime() + OUTAGE.toNanos();
        int rounds = 0;
        while (System.nanoTime() < end) {
            daemon.succeed("ADD", "amf", uid);
            daemon.succeed("DEL", "amf", uid);
            rounds++;
            if (!death.isAlive()) {
                assertThat(daemon.call("ADD", "unheard-of", "1").code()).isEqualTo(11);
            }
        }
        death.join();
        System.out.printf("%d rounds of ADD and DEL without an API server%n", rounds);
        daemon.succeed("ADD", "amf", uid);

        cluster.plane().restart();
        Await.until("the last word counts", () -> cluster.status("amf").contains("core/side"));
        String later = cluster.pod("later", "side");
        daemon.succeed("DEL", "amf", uid);
        Await.until("and is taken back", () -> cluster.status("amf").isEmpty());
        daemon.succeed("ADD", "later", later);
        daemon.succeed("DEL", "later", later);
    }

    @Test
    void beforeTheClusterIsKnownNothingIsClaimed() {
        String uid = cluster.pod("amf", "side");
        daemon.process().stop();
        cluster.plane().kill();

        daemon.restart();

        assertThat(seat.configurations().resolve("00-patchbay.conflist")).exists();
        assertThat(daemon.status().code()).isEqualTo(50);
        assertThat(daemon.status().message()).contains("are not known yet");
        assertThat(daemon.call("ADD", "amf", uid).code()).isEqualTo(11);
        cluster.plane().restart();
        daemon.awaitReady();
        daemon.succeed("ADD", "amf", uid);
        daemon.succeed("DEL", "amf", uid);
    }

    @Test
    void aTokenThatExpiredIsReplacedWithoutARestart() {
        daemon.process().stop();
        seat.renewToken(Duration.ofHours(-1));
        daemon.restart();
        daemon.process().awaitLine("is answered with 401");
        assertThat(daemon.status().code()).isEqualTo(50);

        seat.renewToken(Duration.ofHours(1));

        daemon.awaitReady();
        String uid = cluster.pod("amf", "side");
        daemon.succeed("ADD", "amf", uid);
        assertThat(cluster.status("amf")).contains("core/side");
        daemon.succeed("DEL", "amf", uid);
    }

    @Test
    void aTokenThatIsInvalidatedAtWorkIsReadAgain() throws IOException {
        daemon.awaitReady();
        String uid = cluster.pod("amf", "side");
        String old = Files.readString(work.resolve("token"));
        cluster.plane().kubectl("delete", "serviceaccount", "patchbay", "-n", "kube-system");
        cluster.plane().apply(Checkout.root().resolve("deploy/rbac.yaml"));
        seat.renewToken(Duration.ofHours(1));
        Await.until(
                "the old token is refused",
                () -> cluster.plane().bearing(old).attempt("auth", "whoami").status() != 0);

        daemon.succeed("ADD", "amf", uid);

        assertThat(cluster.status("amf")).contains("core/side");
        daemon.succeed("DEL", "amf", uid);
    }
}
