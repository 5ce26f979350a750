package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that starts while the cloud is away, or after its disk has lost what it had noted.
@Tag("kernel")
@Timeout(600)
class CloudOutageTest {
    private static final int OFTEN = 100_000;
    private static final int PODS = 4;

    @TempDir private Path work;

    private SimulatedVpc vpc;
    private CloudNode node;
    private final Map<String, PodNetns> pods = new HashMap<>();

    @BeforeEach
    void boot() {
        vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16")
                                .subnet("10.0.0.0/24")
                                .instanceType("m5.large")
                                .seed(5));
        node = new CloudNode("one", work);
        node.boot(vpc, 0, "warmAddresses: 4, minimumAddresses: 8");
    }

    @AfterEach
    void shutDown() {
        pods.values().forEach(PodNetns::close);
        vpc.close();
        node.close();
    }

    private String add(String name) {
        node.manifest(name);
        PodNetns netns = node.netns(name);
        pods.put(name, netns);
        Answer answer = node.call("ADD", name, name, netns);
        assertThat(answer.status()).as("ADD of %s: %s", name, answer.output()).isZero();
        return answer.json().path("ips").path(0).path("address").asText();
    }

    private List<String> add(String prefix, int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> add(prefix + i)).toList();
    }

    private void del(String name) {
        try (PodNetns netns = Optional.ofNullable(pods.remove(name)).orElseThrow()) {
            Answer answer = node.call("DEL", name, name, netns);
            assertThat(answer.status()).as("DEL of %s: %s", name, answer.output()).isZero();
        }
    }

    private void lose() {
        vpc.metadata().fail("/latest/", 503, OFTEN);
        vpc.faults().set(Weather.FAIR.credentialsExpired(true));
        vpc.faults().next(Weather.ALL, OFTEN, new Fault.Garble());
    }

    @Test
    void podsComeAndGoWhileNobodyInTheCloudAnswers() {
        List<String> before;
        try (DaemonProcess daemon = node.start()) {
            before = add("before-", PODS);
            daemon.kill();
        }
        lose();
        try (DaemonProcess daemon = node.start()) {
            List<String> all = new ArrayList<>(before);
            all.addAll(add("after-", PODS));

            assertThat(new HashSet<>(all)).hasSize(2 * PODS);
            assertThat(node.status().status()).as(node.status().output()).isZero();
            del("before-0");
            assertThat(add("again")).isEqualTo(before.getFirst());
            assertThat(daemon.stop()).isZero();
        }
    }

    @Test
    void whatTheDiskLostIsRebuiltFromTheKernelAndTheCloud() throws IOException {
        List<String> before;
        try (DaemonProcess daemon = node.start()) {
            before = add("before-", PODS);
            daemon.kill();
        }
        int spoiled = spoil(work.resolve("state/notes/vpc"));
        assertThat(spoiled).isGreaterThan(PODS);
        try (DaemonProcess daemon = node.start()) {
            assertThat(add("after-", PODS)).doesNotContainAnyElementsOf(before);
            assertThat(daemon.log()).contains("set aside");

            for (int i = 0; i < PODS; i++) {
                del("before-" + i);
                del("after-" + i);
            }
            assertThat(node.witness().run("ip", "rule").lines())
                    .noneMatch(rule -> rule.startsWith("512:") || rule.startsWith("1536:"));
            assertThat(node.witness().run("ip", "-o", "link").lines())
                    .noneMatch(link -> link.contains(" eni"));
            assertThat(node.patchbay("show", "vpc", "--output", "json").output())
                    .contains("\"free\"")
                    .doesNotContain("\"assigned\"", "\"foreign\"");
            assertThat(add("again-", 2 * PODS)).doesNotHaveDuplicates();
            assertThat(daemon.stop()).isZero();
        }
    }

    /// Leaves of each note a part.
    private static int spoil(Path notes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(notes)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] note = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(note, note.length / 2));
        }
        return files.size();
    }
}
