package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The CNI plugin of Cilium, as the primary network beside ours and behind ours in a chain. Its
/// agent is a stand-in.
@Tag("kernel")
@Timeout(600)
class CiliumTest {
    private static final String PLUGIN =
            """
            {"type": "cilium-cni", "enable-debug": false, "log-file": "/var/run/cilium/cilium-cni.log"}\
            """;
    private static final String PRIMARY = ForeignNode.list("cilium", PLUGIN);

    /// What the agent writes into the runtime's directory (daemon/cmd/cni/config.go).
    private static final String AS_INSTALLED = PRIMARY.replace("1.1.0", "0.3.1");

    private static final String CHAINED =
            ForeignNode.list(
                    "chained",
                    """
                    {"type": "bridge", "bridge": "br0", "isGateway": true, "removeWithLastPort": true,
                     "ipam": {"type": "host-local", "subnet": "10.4.0.0/24"}},
                    {"type": "cilium-cni", "chaining-mode": "generic-veth"}\
                    """
                            .replace("\n", ""));
    private static final String MEDIA =
            """
            {"cniVersion": "1.1.0", "type": "macvlan", "master": "up0",
             "ipam": {"type": "host-local", "subnet": "10.6.0.0/24"}}\
            """
                    .replace("\n", "");

    // Codes of the plugin's own, and what it says the daemon is (plugins/cilium-cni/types).
    private static final int UNHEALTHY = 101;
    private static final int UNAVAILABLE = 50;
    private static final int TRY_AGAIN = 11;
    private static final int UNSPECIFIED = 999;

    /// The plugin's own, and as much again for a busy machine.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path work;
    private ForeignNode node;
    private CiliumAgent agent;
    private Snapshot before;

    @BeforeEach
    void boot() {
        node = new ForeignNode(work, PRIMARY);
        node.path(Checkout.cilium() + ":" + Checkout.referencePlugins());
        node.installation().network("media", MEDIA);
        agent = new CiliumAgent(node.namespace());
        before = snapshot();
    }

    @AfterEach
    void shutDown() {
        try {
            assertThat(snapshot().since(before)).isEmpty();
            assertThat(agent.endpoints()).isEmpty();
            assertThat(agent.leases()).isZero();
        } finally {
            agent.close();
            node.close();
        }
    }

    private Snapshot snapshot() {
        return NetworkState.take("node", Witness.in(node.namespace().netns()));
    }

    private static List<String> texts(JsonNode array, String key) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.path(key).asText()));
        return texts;
    }

    private static String details(Answer refused) {
        return refused.json().path("details").asText();
    }

    @Test
    void aPodHasTheEndpointOfTheAgentAndALinkOfOursUntilDel() {
        try (PodNetns pod = node.podOfDefault("beside", "media")) {
            JsonNode result = node.succeed("ADD", pod).json();
            assertThat(texts(result.path("ips"), "address"))
                    .containsExactly("fd00:7::2/128", "10.7.0.2/32");
            assertThat(texts(result.path("interfaces"), "name").getLast()).isEqualTo("eth0");
            assertThat(pod.run("ip", "address", "show", "eth0"))
                    .contains("mtu 1450", "10.7.0.2/32", "fd00:7::2/128");
            assertThat(pod.run("ip", "address", "show", "net1")).contains("10.6.0.2/24");
            assertThat(pod.run("ip", "route", "show", "default"))
                    .contains("via 10.7.0.1 dev eth0 mtu 1400");
            assertThat(pod.attempt("ping", "-n", "-c1", "-w10", CiliumAgent.ROUTER).status())
                    .isZero();

            JsonNode told = agent.endpoint("beside");
            assertThat(told.path("k8s-namespace").asText()).isEqualTo("core");
            assertThat(told.path("k8s-pod-name").asText()).isEqualTo("beside");
            assertThat(told.path("interface-name").asText())
                    .isEqualTo(result.at("/interfaces/0/name").asText());

            node.restart();
            node.succeed("CHECK", pod);
            JsonNode networks =
                    Json.decode(
                                    "the status",
                                    node.operate("status", "beside", "--output", "json").output())
                            .at("/pods/0/networks");
            assertThat(texts(networks, "interface")).containsExactly("eth0", "net1");
            assertThat(networks)
                    .allSatisfy(network ->
                            assertThat(network.at("/health/verdict").asText())
                                    .as(network.toString())
                                    .isEqualTo("ok"));

            node.succeed("DEL", pod);
            assertThat(agent.endpoints()).isEmpty();
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
        }
    }

    @Test
    void theListThatTheAgentInstallsIsTakenAsItIs() {
        try (PodNetns pod = node.pod("installed", AS_INSTALLED)) {
            Answer added = node.succeed("ADD", pod);
            assertThat(added.json().path("cniVersion").asText()).isEqualTo("1.1.0");
            assertThat(pod.run("ip", "address", "show", "eth0")).contains("10.7.0.2/32");
            node.succeed("CHECK", pod);
            node.succeed("DEL", pod);
        }
    }

    @Test
    void checkAsksTheAgentForTheHealthOfTheEndpoint() {
        try (PodNetns pod = node.podOfDefault("ailing", "media")) {
            node.succeed("ADD", pod);
            agent.find("Failure");
            Answer ailing = node.call("CHECK", pod);
            agent.find("OK");
            assertThat(ailing.code()).isEqualTo(UNHEALTHY);
            assertThat(ailing.message()).contains("eth0", "cilium-cni", "Unhealthy");
            assertThat(details(ailing)).startsWith("container is unhealthy in agent");
            node.succeed("CHECK", pod);
            node.succeed("DEL", pod);
        }
    }

    @Test
    void aLinkBehindOursIsTheAgentsEndpointUntilDel() {
        try (PodNetns pod = node.pod("chained", CHAINED)) {
            JsonNode result = node.succeed("ADD", pod).json();
            assertThat(texts(result.path("ips"), "address")).containsExactly("10.4.0.2/24");
            JsonNode told = agent.endpoint("chained");
            assertThat(told.at("/addressing/ipv4").asText()).isEqualTo("10.4.0.2");
            assertThat(told.path("container-interface-name").asText()).isEqualTo("eth0");
            assertThat(told.path("interface-name").asText())
                    .isEqualTo(result.at("/interfaces/1/name").asText());
            node.succeed("CHECK", pod);

            node.succeed("DEL", pod);
        }
    }

    @Test
    void anEndpointThatTheAgentRefusesTakesOurLinkBack() {
        agent.refuse(true);
        try (PodNetns first = node.podOfDefault("first", "media");
                PodNetns behind = node.pod("behind", CHAINED)) {
            for (PodNetns pod : List.of(first, behind)) {
                Answer refused = node.call("ADD", pod);
                assertThat(refused.code()).isEqualTo(UNSPECIFIED);
                assertThat(refused.message())
                        .contains("cilium-cni", "unable to create endpoint", "no identity");
                assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
                node.succeed("DEL", pod);
            }
        } finally {
            agent.refuse(false);
        }
    }

    @Test
    void aLaterNetworkThatIsRefusedTakesTheEndpointBack() {
        ForeignNode.program(
                work.resolve("bin/refusing"),
                """
                #!/bin/sh
                [ "$CNI_COMMAND" = ADD ] || exit 0
                echo '{"code": 123, "msg": "not today"}'
                exit 1
                """);
        node.path(work.resolve("bin") + ":" + Checkout.cilium());
        node.installation()
                .network("refusing", "{\"cniVersion\": \"1.1.0\", \"type\": \"refusing\"}");
        try (PodNetns pod = node.podOfDefault("later", "media,refusing")) {
            Answer refused = node.call("ADD", pod);
            assertThat(refused.code()).isEqualTo(123);
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
        }
    }

    @Test
    void theNodeIsReadyWhileTheAgentIsThereAndGcTellsItOfPodsThatNobodyHas() {
        Answer ready = node.call("STATUS", PATIENCE);
        assertThat(ready.status()).as(ready.output()).isZero();
        try (PodNetns pod = node.podOfDefault("forgotten", "media")) {
            node.succeed("ADD", pod);
            Answer collected = node.call("GC", PATIENCE);
            assertThat(collected.status()).as(collected.output()).isZero();
            assertThat(agent.endpoints()).isEmpty();
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
        }
    }

    /// The plugin waits for the agent, half a minute and more, so that the calls go side by side.
    @Test
    void withoutTheAgentAddIsRefusedAndDelIsLeftToItInAFile() throws IOException {
        try (PodNetns leaving = node.podOfDefault("leaving", "media");
                PodNetns staying = node.podOfDefault("staying", "");
                PodNetns coming = node.podOfDefault("coming", "media");
                PodNetns behind = node.pod("behind", CHAINED)) {
            node.succeed("ADD", leaving);
            node.succeed("ADD", staying);
            agent.stop();
            var deleted = meanwhile(() -> node.call("DEL", leaving));
            var checked = meanwhile(() -> node.call("CHECK", staying, PATIENCE));
            var asked = meanwhile(() -> node.call("STATUS", PATIENCE));
            var first = meanwhile(() -> node.call("ADD", coming, PATIENCE));
            var second = meanwhile(() -> node.call("ADD", behind, PATIENCE));
            Answer impatient = node.call("STATUS", Duration.ofSeconds(2));

            assertThat(impatient.code()).isEqualTo(UNAVAILABLE);
            assertThat(impatient.message()).contains("cilium-cni", "did not end while");
            assertThat(deleted.join().status()).as(deleted.join().output()).isZero();
            assertThat(leaving.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
            assertAway(checked.join(), TRY_AGAIN);
            assertAway(asked.join(), UNAVAILABLE);
            for (Answer refused : List.of(first.join(), second.join())) {
                assertThat(refused.code()).isEqualTo(UNSPECIFIED);
                assertThat(refused.message())
                        .contains("cilium-cni", "unable to connect to Cilium agent");
            }
            for (PodNetns pod : List.of(coming, behind)) {
                assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0", "net1");
                node.succeed("DEL", pod);
            }
            assertThat(agent.queued()).anyMatch(request -> request.contains("\"leaving\""));
            assertThat(agent.endpoints()).containsOnlyKeys("leaving", "staying");

            agent.restart();
            assertThat(agent.endpoints()).containsOnlyKeys("staying");
            node.succeed("CHECK", staying);
            node.succeed("DEL", staying);
        }
    }

    private static CompletableFuture<Answer> meanwhile(Supplier<Answer> call) {
        return CompletableFuture.supplyAsync(call, one -> Thread.ofPlatform().daemon().start(one));
    }

    private static void assertAway(Answer refused, int code) {
        assertThat(refused.code()).as(refused.output()).isEqualTo(code);
        assertThat(refused.message()).contains("cilium-cni", "DaemonDown");
        assertThat(details(refused)).contains("unable to connect to Cilium agent");
    }
}
