package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.FaultProxy;
import io.patchbay.e2e.node.NodeSockets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A daemon whose calls to a real API server meet faults on their way.
class ApiServerFaultsTest extends OnCluster {
    private static final String STATUS = "PATCH /api/v1/namespaces/core/pods/";

    private static NodeSockets sockets;
    private static FaultProxy proxy;

    private SeatedDaemon daemon;

    /// The watches of earlier daemons.
    private int before;

    @BeforeAll
    static void openProxy() {
        sockets = new NodeSockets(cluster.namespace());
        proxy = FaultProxy.open(cluster.plane(), sockets);
    }

    @AfterAll
    static void closeProxy() {
        proxy.close();
        sockets.close();
    }

    @BeforeEach
    void start() {
        before = proxy.watches();
        daemon = new SeatedDaemon(cluster, cluster.seat(work, proxy.url()));
        daemon.awaitReady();
    }

    @AfterEach
    void stop() {
        daemon.close();
        proxy.refuse("", 0, 0);
    }

    @Test
    void aWatchThatIsCutInTheMiddleOfAnEventGoesOn() {
        // Pods, networks, namespaces, and the node itself.
        Await.until("all is watched", () -> proxy.watches() >= before + 4);
        proxy.cutWatches();
        String cut = cluster.pod("cut", "side");
        daemon.succeed("ADD", "cut", cut);
        daemon.succeed("DEL", "cut", cut);
        cluster.network("later", "10.43.0.0/24");
        String later = cluster.pod("later", "later");

        // From now on only what a watch tells is known.
        proxy.refuse("GET /api/v1/namespaces/core/pods/", 503, Integer.MAX_VALUE);
        Await.until("the watch goes on", () -> daemon.call("ADD", "later", later).code() == 0);
        daemon.succeed("DEL", "later", later);
        cluster.delete("cut");
        cluster.delete("later");
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500, 503})
    void aStatusThatIsRefusedForAMomentIsThereBeforeTheReply(int code) {
        String uid = cluster.pod("amf", "side");
        // An ADD waits for two seconds, in which a busy machine may not answer three times.
        Await.until("it is there before a reply", () -> isThereBeforeTheReply(uid, code));
        cluster.delete("amf");
    }

    private boolean isThereBeforeTheReply(String uid, int code) {
        proxy.refuse(STATUS, code, 2);
        daemon.succeed("ADD", "amf", uid);
        boolean there = cluster.status("amf").contains("core/side");
        assertThat(proxy.refusals()).isEqualTo(2);
        daemon.succeed("DEL", "amf", uid);
        Await.until("it is taken back", () -> cluster.status("amf").isEmpty());
        return there;
    }

    @Test
    void aServerThatIsThrottledIsNotAskedBeforeItsTime() {
        String uid = cluster.pod("amf", "side");
        proxy.throttle(STATUS, Duration.ofSeconds(1));
        daemon.succeed("ADD", "amf", uid);
        Await.until("the status is there", () -> cluster.status("amf").contains("core/side"));
        assertThat(proxy.refusals()).isEqualTo(1);
        daemon.succeed("DEL", "amf", uid);
        cluster.delete("amf");
    }

    @Test
    void aStatusThatIsRefusedForLongIsThereInTheEnd() {
        String uid = cluster.pod("amf", "side");
        proxy.refuse(STATUS, 503, Integer.MAX_VALUE);
        daemon.succeed("ADD", "amf", uid);
        assertThat(cluster.status("amf")).isEmpty();
        proxy.refuse(STATUS, 500, 2);
        Await.until("the status is there", () -> cluster.status("amf").contains("core/side"));
        daemon.succeed("DEL", "amf", uid);
        cluster.delete("amf");
    }
}
