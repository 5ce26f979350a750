package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay status` of the installed tree: pods on the VPC, on a bridge and on a macvlan.
@Tag("kernel")
@Timeout(600)
class StatusTest {
    private static final int WRONG = 3;
    private static final int UNKNOWN = 4;
    private static final int INTERRUPTED = 130;

    @TempDir static Path work;

    private static TelecomNode node;
    private static DaemonProcess daemon;

    @BeforeAll
    static void boot() {
        node = TelecomNode.create(work);
        daemon = node.startDaemon();
    }

    @AfterAll
    static void shutDown() {
        assertThat(daemon.stop()).as("exit status after SIGTERM").isZero();
        node.close();
    }

    private static void call(String command, PodNetns pod) {
        Answer answer = node.shim().call(node.call(command, "c-" + pod.name(), pod, "amf-0"));
        assertThat(answer.status()).as(answer.output()).isZero();
    }

    private static Witness.Said status(String... arguments) {
        List<String> line = new ArrayList<>(List.of("status"));
        line.addAll(List.of(arguments));
        return node.installation().operate(line.toArray(String[]::new));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    @Test
    void aPodIsShownAsTheKernelShowsItAndWhatSomebodyChangedIsTold() {
        try (PodNetns pod = node.pod("seen")) {
            call("ADD", pod);
            Witness.Said said = status("core/amf-0", "--output", "json");
            assertThat(said.status()).as(said.output()).isZero();
            JsonNode networks = json(said.output()).path("pods").get(0).path("networks");
            assertThat(networks)
                    .extracting(network -> network.path("interface").asText())
                    .containsExactly("eth0", "net1", "net2");
            networks.forEach(network -> assertSeen(network, pod));
            assertThat(parents(networks).get(1)).matches("signalling p.*");
            assertThat(parents(networks).get(2)).isEqualTo("media0 ");

            pod.run("ip", "address", "flush", "dev", "net1", "scope", "global");
            pod.run("ip", "link", "delete", "net2");
            Witness.Said changed = status("amf-0");
            assertThat(changed.status()).isEqualTo(WRONG);
            assertThat(changed.output())
                    .containsPattern("eth0 .* attached +ok\n")
                    .containsPattern("net1 .* attached +wrong\n")
                    .containsPattern("net1: address 10.20.0.\\d+/24 is gone, and ADD gave it\n")
                    .containsPattern("net1: wrong: net1 \\(core/signalling, bridge\\): link net1 ")
                    .contains("net2: there is no such link in the pod, and ADD made one\n")
                    .containsPattern("net2: wrong: ");
            call("DEL", pod);
        }
    }

    private static void assertSeen(JsonNode network, PodNetns pod) {
        String name = network.path("interface").asText();
        JsonNode link = json(pod.run("ip", "-j", "address", "show", "dev", name)).get(0);
        JsonNode seen = network.path("link");
        assertThat(seen.path("index").asInt()).isEqualTo(link.path("ifindex").asInt());
        assertThat(seen.path("mac").asText()).isEqualTo(link.path("address").asText());
        assertThat(seen.path("mtu").asInt()).isEqualTo(link.path("mtu").asInt());
        List<String> addresses = new ArrayList<>();
        link.path("addr_info")
                .forEach(one ->
                        addresses.add(
                                one.path("local").asText() + "/" + one.path("prefixlen").asText()));
        assertThat(network.path("addresses"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(network.path("health").path("verdict").asText()).as(name).isEqualTo("ok");
        assertThat(network.path("differences")).as(name).isEmpty();
    }

    private static List<String> parents(JsonNode networks) {
        List<String> parents = new ArrayList<>();
        for (JsonNode network : networks) {
            JsonNode parent = network.path("link").path("parent");
            assertThat(parent.path("where").asText()).isEqualTo("node");
            parents.add(parent.path("name").asText() + " " + parent.path("port").asText());
        }
        return parents;
    }

    @Test
    void whereTheDaemonIsDeadTheViewIsThereAndTheHealthIsUnknown() {
        try (PodNetns pod = node.pod("orphan")) {
            call("ADD", pod);
            daemon.kill();
            Witness.Said said = status("c-orph");
            daemon = node.startDaemon();
            assertThat(said.status()).as(said.output()).isEqualTo(UNKNOWN);
            assertThat(said.output())
                    .containsPattern("net2 +media0 .* up +10.30.0.11/24 +attached +unknown\n")
                    .contains("net2: unknown: the daemon does not answer: ");
            call("DEL", pod);
        }
    }

    @Test
    void aWatchSeesAnAddAChangeInThePodAndADelAndEndsAtAnInterrupt() throws Exception {
        // Whoever runs the tests in the background has SIGINT ignored, which processes inherit.
        List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
        heeding.addAll(patchbay("--watch", "--output", "json"));
        Process watch = start(heeding);
        try (PodNetns pod = node.pod("watched");
                BufferedReader lines = reader(watch)) {
            awaitLine(lines, one -> one.path("pods").isEmpty());
            call("ADD", pod);
            awaitLine(lines, one -> isUp(one, "net2"));
            for (String address : List.of("10.30.9.1/32", "10.30.9.2/32", "10.30.9.3/32")) {
                pod.run("ip", "address", "add", address, "dev", "net2");
                awaitLine(lines, one -> one.toString().contains(address));
            }
            pod.run("ip", "link", "set", "net2", "down");
            awaitLine(lines, one -> one.path("pods").size() == 1 && !isUp(one, "net2"));
            call("DEL", pod);
            awaitLine(lines, one -> one.path("pods").isEmpty());
            Witness.here().run("kill", "-INT", Long.toString(watch.pid()));
            assertThat(watch.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(watch.exitValue()).isEqualTo(INTERRUPTED);
        } finally {
            watch.destroyForcibly();
        }
    }

    @Test
    void aWatchTellsThatTheDaemonWasKilledAndThatOneIsThereAgain() throws Exception {
        Process watch = start(patchbay("--watch", "--output", "json"));
        try (BufferedReader lines = reader(watch)) {
            awaitLine(lines, one -> away(one).isEmpty());
            for (int turn = 0; turn < 2; turn++) {
                daemon.kill();
                awaitLine(lines, one -> away(one).startsWith("no daemon answers on "));
                daemon = node.startDaemon();
                awaitLine(lines, one -> away(one).isEmpty());
            }
            assertThat(daemon.stop()).isZero();
            awaitLine(lines, one -> away(one).startsWith("no daemon "));
            daemon = node.startDaemon();
            awaitLine(lines, one -> away(one).isEmpty());
        } finally {
            watch.destroyForcibly();
        }
    }

    private static String away(JsonNode status) {
        return status.path("away").asText();
    }

    private static boolean isUp(JsonNode status, String name) {
        for (JsonNode network : status.path("pods").path(0).path("networks")) {
            if (network.path("interface").asText().equals(name)) {
                return network.path("link").path("up").asBoolean();
            }
        }
        return false;
    }

    private static List<String> patchbay(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Installation.program(), "status"));
        line.addAll(List.of("--config", node.settings().toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(node.installation().located(command))
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void awaitLine(BufferedReader lines, Predicate<JsonNode> wanted)
            throws IOException {
        List<String> read = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (wanted.test(json(line))) {
                return;
            }
        }
        throw new AssertionError("the watch ended after " + read);
    }

    @Test
    void aWatchEndsQuietlyWhenNobodyReadsAnyMore() throws Exception {
        String script =
                "set -o pipefail; %s | head -n 1; echo ended with $?"
                        .formatted(String.join(" ", patchbay("--watch")));
        Process watch = start(List.of("bash", "-c", script));
        try (PodNetns pod = node.pod("unread");
                BufferedReader lines = reader(watch)) {
            assertThat(lines.readLine()).startsWith("POD ");
            call("ADD", pod);
            assertThat(lines.readLine()).isEqualTo("ended with 0");
            call("DEL", pod);
            assertThat(watch.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            watch.destroyForcibly();
        }
    }

    @Test
    void whoIsNotRootIsToldToBe() throws Exception {
        List<String> line =
                new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--clear-groups"));
        line.addAll(patchbay());
        line.remove("--config");
        line.remove(node.settings().toString());
        Process process = start(line);
        try (BufferedReader lines = reader(process)) {
            assertThat(lines.lines())
                    .singleElement()
                    .asString()
                    .startsWith("patchbay: permission for ")
                    .endsWith(" is denied: run as root");
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }
}
