package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plugins of the CNI project, of which Patchbay has none in process, by the installed daemon:
/// behind our own, before them, and where they are found.
@Tag("kernel")
@Timeout(600)
class ForeignPluginsTest {
    private static final String BRIDGE =
            """
            {"type": "bridge", "bridge": "br0", "isDefaultGateway": true, "removeWithLastPort": true,
             "ipam": {"type": "host-local", "subnet": "10.4.0.0/24"}}\
            """;
    private static final String MAPPING =
            """
            {"portMappings": [{"hostPort": 8080, "containerPort": 80, "protocol": "tcp"}]}\
            """;

    @TempDir private Path work;
    private ForeignNode node;

    @BeforeEach
    void boot() {
        node = new ForeignNode(work);
    }

    @AfterEach
    void shutDown() {
        node.close();
    }

    private static String address(JsonNode result) {
        return result.at("/ips/0/address").asText().replaceFirst("/.*", "");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    private Snapshot snapshot() {
        return NetworkState.take("node", Witness.in(node.namespace().netns()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nftables", "iptables"})
    void portmapLeadsToThePodFromAnotherMachineUntilDel(String backend) {
        node.offer(MAPPING);
        String portmap =
                "{\"type\": \"portmap\", \"backend\": \"%s\", \"capabilities\": {\"portMappings\": true}}"
                        .formatted(backend);
        try (PodNetns pod =
                        node.pod("mapped", ForeignNode.list("mapped", BRIDGE + ", " + portmap));
                Greeter greeter = Greeter.in(node.namespace(), pod, 80)) {
            String own = address(node.succeed("ADD", pod).json());
            node.succeed("CHECK", pod);
            assertThat(node.run("nft", "list", "ruleset")).contains("8080", own);
            assertThat(greeter.greets(node.neighbour(), ForeignNode.OWN, 8080)).isTrue();

            node.succeed("DEL", pod);
            assertThat(node.run("nft", "list", "ruleset")).doesNotContain("8080", own);
            assertThat(greeter.greets(node.neighbour(), ForeignNode.OWN, 8080)).isFalse();
        }
    }

    @Test
    void bandwidthShapesBothDirectionsUntilDel() {
        String bandwidth =
                """
                {"type": "bandwidth", "ingressRate": 8000000, "ingressBurst": 800000,
                 "egressRate": 16000000, "egressBurst": 800000}\
                """;
        Snapshot before = snapshot();
        try (PodNetns pod =
                node.pod("shaped", ForeignNode.list("shaped", BRIDGE + ", " + bandwidth))) {
            String port = node.succeed("ADD", pod).json().at("/interfaces/1/name").asText();
            assertThat(shaped(port)).isEqualTo(1_000_000);
            List<String> mirrors = ifbs();
            assertThat(mirrors).hasSize(1);
            assertThat(shaped(mirrors.getFirst())).isEqualTo(2_000_000);
            node.succeed("CHECK", pod);

            node.succeed("DEL", pod);
            assertThat(snapshot().since(before)).isEmpty();
        }
    }

    /// The rate of a link's token bucket, in bytes a second.
    private int shaped(String link) {
        for (JsonNode discipline : json(node.run("tc", "-j", "qdisc", "show", "dev", link))) {
            if (discipline.path("kind").asText().equals("tbf")) {
                return discipline.at("/options/rate").asInt();
            }
        }
        return 0;
    }

    private List<String> ifbs() {
        return json(node.run("ip", "-j", "link", "show", "type", "ifb")).findValuesAsText("ifname");
    }

    @Test
    void firewallLetsThePodThroughUntilDel() {
        try (PodNetns pod =
                node.pod(
                        "walled",
                        ForeignNode.list(
                                "walled",
                                BRIDGE
                                        + ", {\"type\": \"firewall\", \"backend\": \"iptables\"}"))) {
            String own = address(node.succeed("ADD", pod).json());
            assertThat(node.run("iptables", "-S", "CNI-FORWARD"))
                    .contains("-s %s/32 -j ACCEPT".formatted(own));
            node.succeed("CHECK", pod);

            node.succeed("DEL", pod);
            assertThat(node.run("iptables", "-S", "CNI-FORWARD")).doesNotContain(own);
        }
    }

    @Test
    void aListOnDiskMayBeginWithOursAndGoOnWithBinaries() {
        node.offer(MAPPING);
        node.conflist(
                "ours-first",
                BRIDGE
                        + """
                        , {"type": "tuning", "mtu": 1400},
                        {"type": "portmap", "backend": "nftables", "capabilities": {"portMappings": true}},
                        {"type": "firewall", "backend": "iptables"},
                        {"type": "bandwidth", "ingressRate": 8000000, "ingressBurst": 800000}\
                        """);
        try (PodNetns pod = node.pod("ours-first", "");
                Greeter greeter = Greeter.in(node.namespace(), pod, 80)) {
            JsonNode result = node.succeed("ADD", pod).json();
            assertThat(shaped(result.at("/interfaces/1/name").asText())).isEqualTo(1_000_000);
            assertThat(pod.run("ip", "link", "show", "eth0")).contains("mtu 1400");
            assertThat(greeter.greets(node.neighbour(), ForeignNode.OWN, 8080)).isTrue();
            node.restart();
            node.succeed("CHECK", pod);

            node.succeed("DEL", pod);
            assertThat(node.run("nft", "list", "ruleset")).doesNotContain("8080", address(result));
            assertThat(node.run("ip", "link", "show", "type", "bridge")).isEmpty();
        }
    }

    @Test
    void aListOnDiskMayBeginWithABinaryThatHasAnIpamOfItsOwnAndGoOnWithOurs() throws IOException {
        Path bin = Files.createDirectories(work.resolve("bin"));
        Files.createSymbolicLink(
                bin.resolve("their-ptp"), Checkout.referencePlugins().resolve("ptp"));
        node.path(bin + ":" + Checkout.referencePlugins());
        node.conflist(
                "theirs-first",
                """
                {"type": "their-ptp",
                 "ipam": {"type": "host-local", "subnet": "10.5.0.0/24", "routes": [{"dst": "0.0.0.0/0"}]}},
                {"type": "tuning", "mtu": 1400, "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1"}}\
                """);
        Snapshot before = snapshot();
        try (PodNetns pod = node.pod("theirs-first", "")) {
            Snapshot inside = pod.snapshot();
            String own = address(node.succeed("ADD", pod).json());
            assertThat(pod.run("ip", "link", "show", "eth0")).contains("mtu 1400");
            assertThat(pod.run("ip", "address", "show", "eth0")).contains(own);
            node.succeed("CHECK", pod);

            node.succeed("DEL", pod);
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
        assertThat(snapshot().since(before)).isEmpty();
    }

    /// A plugin that notes its calls, warns, and passes on what it is given.
    private Path marking(String directory) {
        String script =
                """
                #!/bin/sh
                echo "$CNI_COMMAND $0" >> %s/calls
                echo "careful: this is $0" >&2
                exec %s/tuning
                """
                        .formatted(work, Checkout.referencePlugins());
        return ForeignNode.program(work.resolve(directory).resolve("marking"), script);
    }

    @Test
    void theFirstInThePathIsCalledToTheEndAndShownWithItsWarnings() throws IOException {
        Path first = marking("first");
        Path second = marking("second");
        node.path(first.getParent() + ":" + second.getParent());
        try (PodNetns pod =
                node.pod(
                        "marked",
                        ForeignNode.list("marked", BRIDGE + ", {\"type\": \"marking\"}"))) {
            node.succeed("ADD", pod);
            node.restart();
            node.path(second.getParent() + ":" + first.getParent());

            String warning = "careful: this is " + first;
            assertThat(node.operate("status", "marked").output())
                    .containsPattern("\nmarking +%s +eth0\n".formatted(first))
                    .contains("\neth0: marking wrote: %s\n".formatted(warning));
            JsonNode binary =
                    json(node.operate("status", "marked", "--output", "json").output())
                            .at("/pods/0/networks/0/binaries/0");
            assertThat(binary.path("path").asText()).isEqualTo(first.toString());
            assertThat(binary.path("complaints"))
                    .extracting(JsonNode::asText)
                    .containsExactly(warning);

            node.succeed("DEL", pod);
            assertThat(Files.readAllLines(work.resolve("calls")))
                    .startsWith("ADD " + first)
                    .endsWith("DEL " + first)
                    .noneMatch(call -> call.endsWith(second.toString()));
        }
    }
}
