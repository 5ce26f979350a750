package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.run.Node.Answer;
import io.patchbay.meta.socket.Await;
import io.patchbay.meta.socket.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class VerbsTest {
    @TempDir Path directory;
    private Node node;

    @BeforeEach
    void open() {
        node = new Node(directory);
        node.pod("amf-0", "side", "");
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    private Path status() {
        return directory.resolve("manifests/status/core.amf-0.yaml");
    }

    @Test
    void anAddMakesAllNetworksAndAnswersWithTheFirst() {
        Answer answer = node.call("ADD", "c1", "amf-0");
        assertThat(answer.code()).isZero();
        assertThat(Json.decode("result", answer.text()))
                .isEqualTo(
                        Json.decode(
                                "expected",
                                """
                                {"cniVersion": "1.1.0",
                                 "interfaces": [{"name": "eth0", "mac": "00:00:00:00:00:02",
                                                 "mtu": 1500, "sandbox": "/run/netns/c1"}],
                                 "ips": [{"address": "10.0.0.5/24", "interface": 0}], "dns": {}}
                                """));
        assertThat(node.paper.events)
                .containsExactly("add eth0 in /run/netns/c1", "add net1 in /run/netns/c1");
        assertThat(status()).content().contains("\"main\"", "core/side", "net1");
    }

    private Answer selftest(String container, String args) {
        Map<String, String> environment = new HashMap<>(Node.environment("ADD", container, ""));
        environment.put("CNI_ARGS", args);
        node.kernel.inodes.put("/run/netns/" + container, 4711L);
        return node.call(environment, "", OptionalInt.empty());
    }

    @Test
    void aSelftestsPodGetsTheNetworkItAsksForAlone() {
        Answer answer = selftest("selftest-1", "PATCHBAY_SELFTEST_NETWORK=core/side");
        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(node.paper.events).containsExactly("add eth0 in /run/netns/selftest-1");
        assertThat(node.journal.find("selftest-1").orElseThrow().plan().attachments())
                .extracting(attachment -> attachment.title())
                .containsExactly("core/side");
        assertThat(status()).doesNotExist();
    }

    @Test
    void noOtherPodMayAskThatWay() {
        String asked = "PATCHBAY_SELFTEST_NETWORK=core/side";
        assertThat(selftest("c1", asked).code()).isEqualTo(4);
        assertThat(selftest("selftest-1", asked + ";K8S_POD_NAME=amf-0").code()).isEqualTo(4);
        assertThat(selftest("selftest-1", asked + ";K8S_POD_NAMESPACE=core").code()).isEqualTo(4);
        assertThat(selftest("selftest-1", "PATCHBAY_SELFTEST_NETWORK=side").message())
                .contains("\"side\" names no network: write NAMESPACE/NAME");
        assertThat(selftest("selftest-1", "PATCHBAY_SELFTEST_NETWORK=core/none").code())
                .isEqualTo(7);
        assertThat(node.paper.events).isEmpty();
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void aDelTakesThemAwayWithTheStatusAndMayBeRepeated() {
        node.call("ADD", "c1", "amf-0");
        node.paper.events.clear();
        assertThat(node.call("DEL", "c1", "amf-0")).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events).containsExactly("del net1 of c1", "del eth0 of c1");
        assertThat(status()).doesNotExist();
        assertThat(node.journal.all()).isEmpty();
        assertThat(node.call("DEL", "c1", "amf-0").code()).isZero();
    }

    @Test
    void aDelOfAnEarlierSandboxLeavesTheStatusOfTheNext() {
        node.call("ADD", "c1", "amf-0");
        node.call("ADD", "c2", "amf-0");
        node.call("DEL", "c1", "amf-0");
        assertThat(status()).exists();
        node.call("DEL", "c2", "amf-0");
        assertThat(status()).doesNotExist();
    }

    @Test
    void aDelNeedsNeitherNamespaceNorPod() throws IOException {
        node.call("ADD", "c1", "amf-0");
        node.kernel.inodes.clear();
        Files.delete(directory.resolve("manifests/amf-0.yaml"));
        Answer answer =
                node.call(
                        Map.of(
                                "CNI_COMMAND", "DEL",
                                "CNI_CONTAINERID", "c1",
                                "CNI_IFNAME", "eth0"),
                        "",
                        OptionalInt.empty());
        assertThat(answer.code()).isZero();
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void aDelThatFailsSaysSoAndIsKept() {
        node.call("ADD", "c1", "amf-0");
        node.paper.delFails = true;
        Answer answer = node.call("DEL", "c1", "amf-0");
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.text()).contains("busy");
        assertThat(node.journal.all()).hasSize(1);
        assertThat(status()).exists();
    }

    @Test
    void aNamespaceThatIsGoneIsCodeThree() {
        Answer answer = node.call(Node.environment("ADD", "c1", "amf-0"), "", OptionalInt.empty());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.text()).contains("/run/netns/c1", "is gone");
    }

    @Test
    void aDescriptorCountsMoreThanThePath() {
        node.kernel.descriptors.put(42, 4242L);
        Answer answer = node.call(Node.environment("ADD", "c1", "amf-0"), "", OptionalInt.of(42));
        assertThat(answer.code()).isZero();
        assertThat(node.journal.find("c1").orElseThrow().plan().netnsInode()).isEqualTo(4242);
    }

    @Test
    void aDescriptorThatIsNoNamespaceIsCodeFour() {
        Answer answer = node.call(Node.environment("ADD", "c1", "amf-0"), "", OptionalInt.of(43));
        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.text()).contains("is no network namespace");
    }

    @Test
    void theNodesOwnNamespaceIsCodeEightAndADelPassesItBy() {
        node.kernel.inodes.put("/run/netns/c1", PaperKernel.HOST);
        assertThat(node.call("ADD", "c1", "amf-0").code()).isEqualTo(8);
        assertThat(node.call("CHECK", "c1", "amf-0").code()).isEqualTo(8);
        assertThat(node.call("DEL", "c1", "amf-0").code()).isZero();
        assertThat(node.paper.events).isEmpty();
    }

    @Test
    void anUnknownPodOrNetworkIsRefusedBeforeAnyEffect() {
        assertThat(node.call("ADD", "c1", "absent").code()).isEqualTo(11);
        node.pod("smf-0", "nowhere", "");
        assertThat(node.call("ADD", "c1", "smf-0").code()).isEqualTo(7);
        assertThat(node.paper.events).isEmpty();
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void aFailureOfOneNetworkUndoesAllAndKeepsItsCode() {
        node.pod("amf-0", "side", ", \"fault\": \"refuse\"");
        Answer answer = node.call("ADD", "c1", "amf-0");
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.text()).contains("net1 (core/side, paper)", "nothing is free");
        assertThat(node.journal.all()).isEmpty();
        assertThat(status()).doesNotExist();
    }

    @Test
    void aBugIsTold() {
        node.pod("amf-0", "side", ", \"fault\": \"bug\"");
        assertThat(node.call("ADD", "c1", "amf-0").code()).isEqualTo(999);
    }

    @Test
    void whatIsInterruptedAtTheDeadlineIsToBeTriedAgain() throws Exception {
        node.pod("amf-0", "side", ", \"fault\": \"hang\"");
        node.kernel.inodes.put("/run/netns/c1", 7L);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Instant deadline = Instant.now().plusMillis(200);
        Thread request =
                Thread.ofPlatform()
                        .start(() ->
                                answer.complete(
                                        node.call(
                                                Node.environment("ADD", "c1", "amf-0"),
                                                "",
                                                OptionalInt.empty(),
                                                deadline)));
        Await.until(
                "it hangs past its deadline",
                () ->
                        node.paper.events.contains("add net1 in /run/netns/c1")
                                && Instant.now().isAfter(deadline));
        request.interrupt();
        assertThat(answer.get().code()).isEqualTo(11);
        request.join();
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void aSpooledDelComesBeforeAnAddOfTheSameContainer() throws IOException {
        node.call("ADD", "c1", "amf-0");
        node.paper.events.clear();
        Path spooled = spool("c1");
        assertThat(node.call("ADD", "c1", "amf-0").code()).isZero();
        assertThat(spooled).doesNotExist();
        assertThat(node.paper.events)
                .containsExactly(
                        "del net1 of c1",
                        "del eth0 of c1",
                        "add eth0 in /run/netns/c1",
                        "add net1 in /run/netns/c1");
    }

    @Test
    void anAddIsRefusedWhileASpooledDelOfItsContainerFails() throws IOException {
        node.call("ADD", "c1", "amf-0");
        Path spooled = spool("c1");
        node.paper.delFails = true;
        Answer answer = node.call("ADD", "c1", "amf-0");
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.text()).contains("an earlier DEL of container c1");
        assertThat(spooled).exists();
    }

    private Path spool(String container) throws IOException {
        Path file = node.state.resolve("spool/00000000000000000009-7.del");
        Files.createDirectories(node.state.resolve("spool"));
        return Files.write(
                file,
                Wire.frame(
                        Node.environment("DEL", container, "amf-0"), Node.CONFIG.formatted(""), 0));
    }

    @Test
    void aCheckAsksEveryDelegate() {
        assertThat(node.call("CHECK", "c1", "amf-0").code()).isEqualTo(3);
        node.call("ADD", "c1", "amf-0");
        node.paper.events.clear();
        assertThat(node.call("CHECK", "c1", "amf-0")).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events).containsExactly("check eth0", "check net1");
    }

    @Test
    @DisplayName("rows 58, 85: STATUS keeps a delegate's 51")
    void statusKeepsADelegatesFiftyOne() {
        node.paper.degraded = true;
        Answer answer = node.call("STATUS", "");
        assertThat(answer.code()).isEqualTo(51);
        assertThat(answer.text()).contains("the cloud is away");
    }

    @Test
    void aGcUndoesWhatIsNotValidAndSweepsEveryNetwork() {
        node.call("ADD", "c1", "amf-0");
        node.pod("smf-0", "", "");
        node.call("ADD", "c2", "smf-0");
        node.paper.events.clear();
        Answer answer =
                node.call(
                        "GC",
                        ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c2\", \"ifname\": \"eth0\"}]");
        assertThat(answer).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events)
                .containsExactly("del net1 of c1", "del eth0 of c1", "gc main", "gc side");
        assertThat(status()).doesNotExist();
        assertThat(directory.resolve("manifests/status/core.smf-0.yaml")).exists();
    }

    @Test
    void aGcWithoutAListIsRefused() {
        node.call("ADD", "c1", "amf-0");
        assertThat(node.call("GC", "").code()).isEqualTo(7);
        assertThat(node.journal.all()).hasSize(1);
    }

    @Test
    void aStatusAsksTheNetworksOfEveryPodAndAnyRefusalIsFifty() {
        assertThat(node.call("STATUS", "")).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events).containsExactly("status main");
        node.paper.unavailable = true;
        Answer answer = node.call("STATUS", "");
        assertThat(answer.code()).isEqualTo(50);
        assertThat(answer.text()).contains("the pool is empty");
    }

    @Test
    void aStatusTellsThatANetworkOfEveryPodIsMissing() {
        try (Node other =
                new Node(directory.resolve("other"), NetworkSelection.of("core", "absent"))) {
            Answer answer = other.call("STATUS", "");
            assertThat(answer.code()).isEqualTo(50);
            assertThat(answer.text()).contains("network core/absent");
        }
    }

    @Test
    void versionsAreTold() {
        Answer answer = node.call("VERSION", "");
        assertThat(answer.code()).isZero();
        assertThat(answer.text()).contains("\"supportedVersions\":[\"0.3.1\"");
    }

    @Test
    void aBadEnvironmentIsCodeFourWithAllThatIsWrong() {
        Answer answer = node.call("ADD", "");
        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.text()).contains("CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME");
    }
}
