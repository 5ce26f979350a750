package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.socket.Listener;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `patchbay status` says of health, and the desk of a node that answers.
@Timeout(300)
class StatusHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;
    private Node node;
    private Listener listener;

    @BeforeEach
    void attach() throws IOException {
        node = new Node(directory);
        long own = ((Number) Files.getAttribute(directory, "unix:uid")).longValue();
        listener =
                Listener.open(
                        new Listener.Options(
                                directory.resolve("cni.sock"),
                                4,
                                own,
                                PATIENCE,
                                PATIENCE,
                                PATIENCE),
                        new Desk(node.delegates, Map::of, node.metrics, node.attacher::checkEach)
                                .before(node.verbs));
        Files.writeString(
                directory.resolve("p.yaml"),
                "socket: %1$s/cni.sock\nstate: %1$s/state\n".formatted(directory));
        node.pod("amf-0", "side", "");
        assertThat(node.call("ADD", "c1", "amf-0").code()).isZero();
    }

    @AfterEach
    void end() {
        listener.close();
        node.close();
    }

    private CommandRun status(String... arguments) {
        List<String> line = new ArrayList<>(List.of("status"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config", directory.resolve("p.yaml").toString()));
        return CommandRun.of(line.toArray(String[]::new));
    }

    @Test
    void onePodIsCheckedAndAllPodsOnlyWhereAsked() {
        assertThat(status().out()).doesNotContain("HEALTH");
        assertThat(node.paper.events).doesNotContain("check eth0");

        CommandRun one = status("core/amf-0");
        assertThat(one.status()).isZero();
        assertThat(one.out())
                .containsPattern("eth0 .* attached +ok\n")
                .containsPattern("net1 .* attached +ok\n");
        assertThat(status("--check").out()).containsPattern("LINK +ROUTES +HEALTH\n");
    }

    @Test
    void oneThatIsWrongHidesNoOtherAndIsStatusThree() {
        node.paper.checks =
                name -> {
                    if (name.equals("eth0")) {
                        throw CniException.changed("link eth0 is down");
                    }
                };
        CommandRun one = status("core/amf-0");
        assertThat(one.status()).isEqualTo(3);
        assertThat(one.out())
                .containsPattern("eth0 .* attached +wrong\n")
                .containsPattern("net1 .* attached +ok\n")
                .contains("eth0: wrong: eth0 (main, paper): link eth0 is down\n");
        assertThat(status("--check").status()).isEqualTo(3);
        assertThat(status().status()).isZero();
    }

    @Test
    void aNetworkWhoseCheckCannotBeMadeIsUnknown() {
        node.paper.checks =
                name -> {
                    throw CniException.tryAgain("the cloud is away");
                };
        CommandRun one = status("core/amf-0");
        assertThat(one.status()).isEqualTo(4);
        assertThat(one.out()).contains("net1: unknown: net1 (core/side, paper): the cloud is away");
    }

    @Test
    void aNetworkThatForbidsItIsNotCheckedRatherThanHealthy() {
        node.manifest(
                "unchecked.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: upf-0
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: unchecked}
                ---
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: unchecked, namespace: core}
                spec:
                  config: '{"cniVersion": "1.1.0", "disableCheck": true, "plugins": [{"type": "paper"}]}'
                """);
        assertThat(node.call("ADD", "c2", "upf-0").code()).isZero();
        CommandRun all = status("--check");
        assertThat(all.status()).isZero();
        assertThat(all.out())
                .containsPattern("core/amf-0 .* net1 .* ok\n")
                .containsPattern("core/upf-0 .* eth0 .* ok\n")
                .containsPattern("core/upf-0 .* net1 .* not checked\n");
        assertThat(status("--check", "--output", "json").out())
                .contains("\"health\":{\"verdict\":\"not checked\"}");
    }

    @Test
    void aSandboxThatAnotherCallIsAboutIsBusy() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        node.paper.checks =
                name -> {
                    begun.countDown();
                    awaitQuietly(over);
                };
        Thread other = Thread.ofPlatform().start(() -> node.call("CHECK", "c1", "amf-0"));
        try {
            begun.await();
            CommandRun one = status("core/amf-0");
            assertThat(one.status()).isEqualTo(4);
            assertThat(one.out())
                    .containsPattern("eth0 .* attached +busy\n")
                    .contains("eth0: busy: ", "an earlier call for c1");
        } finally {
            over.countDown();
            other.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void aDaemonThatIsAwayLeavesTheHealthUnknown() {
        listener.close();
        CommandRun one = status("amf-0");
        assertThat(one.status()).isEqualTo(4);
        assertThat(one.out())
                .containsPattern("eth0 .*10.0.0.5/24 +attached +unknown\n")
                .contains("eth0: unknown: the daemon does not answer: no daemon ");
        assertThat(status("--check").status()).isEqualTo(4);
    }

    @Test
    void aNamespaceThatIsGoneIsWrong() {
        node.kernel.inodes.remove("/run/netns/c1");
        CommandRun one = status("c1");
        assertThat(one.status()).isEqualTo(3);
        assertThat(one.out())
                .contains("eth0: wrong: the namespace /run/netns/c1 of container c1 is gone");
    }

    @Test
    void aPodThatIsNotThereIsToldWithTheNearest() {
        assertThat(status("amf-1"))
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "patchbay: there is no pod \"amf-1\" on this node, nor a container"
                                        + " whose id begins so: nearest are core/amf-0\n"));
    }

    @Test
    void theDeskRefusesWhatItDoesNotKnow() {
        var handler =
                new Desk(node.delegates, Map::of, node.metrics, node.attacher::checkEach)
                        .before(node.verbs);
        Node.Answer unknown =
                Node.call(handler, Map.of(Desk.COMMAND, "check", Desk.CONTAINER, "c9"));
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.message()).contains("container c9 is not attached");
        Node.Answer known = Node.call(handler, Map.of(Desk.COMMAND, "check", Desk.CONTAINER, "c1"));
        assertThat(known.text())
                .isEqualTo(
                        """
                        {"networks":[{"interface":"eth0","checked":true},{"interface":"net1","checked":true}]}
                        """);
    }

    @Test
    void theHelpSaysWhatItShowsAndHowItEnds() {
        assertThat(status("--help").out().replaceAll("\\s+", " "))
                .contains("[POD]", "--check", "--watch", "--output", "NAMESPACE/NAME", "root")
                .contains("3 CHECK finds a network other than its ADD left it")
                .contains("4 CHECK could not be made");
    }
}
