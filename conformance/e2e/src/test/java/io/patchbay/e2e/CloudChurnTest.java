package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods that come and go by the hundred on a cloud that throttles, lags, loses answers and has
/// little room, while the daemon is killed again and again. The time between two pods is left out.
@Tag("kernel")
@Timeout(600)
class CloudChurnTest {
    private static final int PODS = 2000;
    private static final int AT_ONCE = 8;

    /// So many pods between two kills: at ten pods a second, half a minute.
    private static final int PODS_OF_A_DAEMON = 300;

    private static final Weather FOUL =
            Weather.FAIR
                    .limit(Weather.ALL, 20, 4)
                    .lag(Duration.ofMillis(500))
                    .imdsLag(Duration.ofSeconds(2))
                    .delay("AssignPrivateIpAddresses", Duration.ofMillis(100))
                    .delay("CreateNetworkInterface", Duration.ofMillis(300));

    private static final Pattern COUNTS =
            Pattern.compile(
                    "has (\\d+) assigned and (\\d+) cooling(?: and (\\d+) [^o]*)* of (\\d+)");

    @TempDir private Path work;

    private SimulatedVpc vpc;
    private CloudNode node;
    private SimulatedNode machine;
    private DaemonProcess daemon;

    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private boolean isUp = true;

    @BeforeEach
    void boot() {
        vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16")
                                .subnet("10.0.0.0/25")
                                .subnet(
                                        "10.0.1.0/25",
                                        Layout.ZONE,
                                        Map.of("kubernetes.io/role/cni", "1"))
                                .instanceType("m5.large")
                                .seed(3));
        node = new CloudNode("churn", work.resolve("churn"));
        machine = node.boot(vpc, 1, "prefixes: true");
        vpc.faults().set(FOUL);
        daemon = node.start();
    }

    @AfterEach
    void shutDown() {
        daemon.close();
        vpc.close();
        node.close();
    }

    @Test
    void noAddressIsGivenTwiceNoneIsLeakedAndNobodyIsRefusedWhereOneIsFree() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                workers.add(threads.submit(worker(i)));
            }
            for (int kill = 1; kill < PODS / PODS_OF_A_DAEMON; kill++) {
                awaitBegun(kill * PODS_OF_A_DAEMON);
                vpc.faults()
                        .next(
                                kill % 2 == 0
                                        ? "CreateNetworkInterface"
                                        : "AssignPrivateIpAddresses",
                                1,
                                new Fault.Lose());
                up(false);
                daemon.kill();
                daemon = node.start();
                up(true);
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            report();
        }
        assertNothingIsLeft();
    }

    private void report() {
        long calls = vpc.faults().calls().values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "%d pods, %d times refused for now, %d EC2 calls (%.3f a pod): %s%n",
                PODS, refused.get(), calls, (double) calls / PODS, vpc.faults().calls());
    }

    private synchronized void awaitBegun(int count) throws InterruptedException {
        while (begun.get() < count) {
            wait();
        }
    }

    private synchronized void up(boolean now) {
        isUp = now;
        notifyAll();
    }

    /// A runtime tries again for as long as it takes; while nobody answers that would be for
    /// nothing.
    private synchronized void awaitUp() throws InterruptedException {
        while (!isUp) {
            wait();
        }
    }

    private synchronized void begin() {
        begun.incrementAndGet();
        notifyAll();
    }

    private Callable<Boolean> worker(int number) {
        return () -> {
            Random random = new Random(number);
            String name = "pod-" + number;
            node.manifest(name);
            try (PodNetns netns = node.netns(name)) {
                for (int i = 0; i < PODS / AT_ONCE; i++) {
                    begin();
                    for (int sandbox = 0;
                            !live(name, id(name, i, sandbox), netns, random);
                            sandbox++) {
                        awaitUp();
                    }
                }
            }
            return true;
        };
    }

    private static String id(String pod, int number, int sandbox) {
        return "%s-%d-%d".formatted(pod, number, sandbox);
    }

    /// One pod's life, as a kubelet leads it: an ADD that fails is followed by a DEL.
    private boolean live(String pod, String container, PodNetns netns, Random random)
            throws InterruptedException {
        Answer added = node.call("ADD", container, pod, netns);
        String address = "";
        if (added.status() == 0) {
            address = added.json().path("ips").path(0).path("address").asText();
            String other = owners.putIfAbsent(address, container);
            assertThat(other)
                    .as("%s is given to %s while %s has it", address, container, other)
                    .isNull();
            Thread.sleep(random.nextInt(60));
            owners.remove(address, container);
        } else {
            refused.incrementAndGet();
            assertThat(added.code()).as(added.output()).isEqualTo(11);
            assertNoneWasFree(added.message());
        }
        Answer deleted = node.call("DEL", container, pod, netns);
        assertThat(deleted.status()).as(deleted.output()).isZero();
        return added.status() == 0;
    }

    private static void assertNoneWasFree(String message) {
        Matcher counts = COUNTS.matcher(message);
        while (message.contains("no address is free") && counts.find()) {
            int used = Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2));
            int more = counts.group(3) == null ? 0 : Integer.parseInt(counts.group(3));
            assertThat(used + more).as(message).isEqualTo(Integer.parseInt(counts.group(4)));
        }
    }

    private void assertNothingIsLeft() throws IOException {
        vpc.faults().clear();
        daemon.kill();
        daemon = node.start();
        assertThat(node.witness().run("ip", "rule").lines())
                .noneMatch(rule -> rule.startsWith("512:") || rule.startsWith("1536:"));
        assertThat(node.witness().run("ip", "-o", "link").lines())
                .noneMatch(link -> link.contains(" eni"));
        assertThat(states()).doesNotContain("assigned").isNotEmpty();
        assertThat(vpc.ledger().now().interfaces().values())
                .allMatch(eni -> eni.attachedTo(machine.instanceId()).isPresent());
    }

    private List<String> states() throws IOException {
        Witness.Said said = node.patchbay("show", "vpc", "--output", "json");
        assertThat(said.status()).as(said.output()).isZero();
        JsonNode tables = new ObjectMapper().readTree(said.output()).at("/types/0/tables");
        List<String> states = new ArrayList<>();
        tables.get(1).path("rows").forEach(row -> states.add(row.path("STATE").asText()));
        return states;
    }
}
