package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Weather;
import io.patchbay.e2e.CloudChurnBook.Span;
import io.patchbay.e2e.CloudChurnBook.Visit;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Pods that come to a node and go, as a kubelet leads them, and a daemon that is killed meanwhile.
/// The time between two pods is left out. The daemon ends with the thread that boots this.
final class CloudChurn implements AutoCloseable {
    private static final int TRY_AGAIN = 11;

    private static final Duration COOLDOWN = Duration.ofSeconds(1);

    private final SimulatedVpc vpc;
    private final CloudNode node;
    private final CloudChurnWitness witness;
    private final CloudChurnBook book = new CloudChurnBook(COOLDOWN);
    private DaemonProcess daemon;
    private int begun;
    private Optional<Throwable> failure = Optional.empty();

    /// @param longestStay of a pod that has an address
    /// @param kills of the daemon, evenly between the pods
    record Stage(int pods, int atOnce, Duration longestStay, int kills) {}

    private record Pod(String name, PodNetns netns) {}

    private CloudChurn(SimulatedVpc vpc, CloudNode node, CloudChurnWitness witness) {
        this.vpc = vpc;
        this.node = node;
        this.witness = witness;
        this.daemon = node.start();
    }

    /// Boots a node of 3 interfaces with 9 blocks each, and starts its daemon.
    ///
    /// @param pool the keys of the section `pool`, in YAML's flow style
    static CloudChurn boot(Path work, Layout layout, Weather weather, String pool) {
        SimulatedVpc vpc = SimulatedVpc.open(layout.instanceType("m5.large").seed(3));
        CloudNode node = new CloudNode("churn", work.resolve("churn"));
        String instance = node.boot(vpc, (int) COOLDOWN.toSeconds(), pool).instanceId();
        vpc.faults().set(weather);
        return new CloudChurn(vpc, node, new CloudChurnWitness(vpc, instance));
    }

    SimulatedVpc vpc() {
        return vpc;
    }

    CloudNode node() {
        return node;
    }

    CloudChurnWitness witness() {
        return witness;
    }

    CloudChurnBook book() {
        return book;
    }

    /// SIGKILL, and a new one.
    void killDaemon() {
        book.down();
        daemon.kill();
        daemon = node.start();
        book.up();
    }

    /// Leads pods, each until it had an address.
    ///
    /// @param beforeKill what else goes wrong then
    void run(Stage stage, Runnable beforeKill) throws Exception {
        int before = begun;
        try (ExecutorService threads = Executors.newFixedThreadPool(stage.atOnce())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < stage.atOnce(); i++) {
                workers.add(threads.submit(worker(i, stage, before + stage.pods())));
            }
            for (int kill = 1; kill <= stage.kills(); kill++) {
                awaitBegun(before + kill * stage.pods() / (stage.kills() + 1));
                beforeKill.run();
                killDaemon();
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    /// Brings so many pods at once, who stay until all of them were answered.
    ///
    /// @param whenAnswered what happens before they go
    void crowd(int pods, Runnable whenAnswered) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> answered = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(pods)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < pods; i++) {
                CompletableFuture<Boolean> one = new CompletableFuture<>();
                answered.add(one);
                workers.add(threads.submit(guest("crowd-" + begun++, one, over)));
            }
            answered.forEach(CompletableFuture::join);
            whenAnswered.run();
            over.countDown();
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    private Callable<Boolean> guest(
            String name, CompletableFuture<Boolean> answered, CountDownLatch over) {
        return () -> {
            try {
                return withPod(
                        name,
                        pod -> {
                            var _ =
                                    visit(
                                            pod,
                                            name,
                                            () -> {
                                                answered.complete(true);
                                                over.await();
                                            });
                        });
            } finally {
                answered.complete(false);
            }
        };
    }

    private interface Life {
        void lead(Pod pod) throws InterruptedException;
    }

    private interface Stay {
        void last() throws InterruptedException;
    }

    private boolean withPod(String name, Life life) throws InterruptedException {
        node.manifest(name);
        try (PodNetns netns = node.netns(name)) {
            life.lead(new Pod(name, netns));
        }
        return true;
    }

    private Callable<Boolean> worker(int number, Stage stage, int end) {
        Random random = new Random(number);
        return () -> {
            try {
                return withPod(
                        "pod-" + number,
                        pod -> {
                            for (int next = begin(end); next < end; next = begin(end)) {
                                lead(pod, next, stage, random);
                            }
                        });
            } catch (Throwable e) {
                fail(e);
                throw e;
            }
        };
    }

    private void lead(Pod pod, int number, Stage stage, Random random) throws InterruptedException {
        int stay = random.nextInt(1 + Math.toIntExact(stage.longestStay().toMillis()));
        int sandbox = 0;
        while (!visit(
                pod, "%s-%d-%d".formatted(pod.name(), number, sandbox), () -> Thread.sleep(stay))) {
            sandbox++;
            book.awaitUp();
        }
    }

    /// A sandbox's life: an ADD that fails is followed by a DEL.
    ///
    /// @param stay what it waits for between its ADD's answer and its DEL
    private boolean visit(Pod pod, String container, Stay stay) throws InterruptedException {
        Instant asked = Instant.now();
        Answer added = node.call("ADD", container, pod.name(), pod.netns());
        Span asking = Span.since(asked);
        Optional<InetAddress> address = Optional.empty();
        if (added.status() == 0) {
            String given = added.json().path("ips").path(0).path("address").asText();
            address = Optional.of(Cidr.parse(given).address());
            book.take(address.get(), container);
        } else {
            assertThat(added.code()).as(added.output()).isEqualTo(TRY_AGAIN);
        }
        stay.last();
        address.ifPresent(book::leave);
        Instant leaves = Instant.now();
        Answer deleted = node.call("DEL", container, pod.name(), pod.netns());
        assertThat(deleted.status()).as(deleted.output()).isZero();
        book.add(
                new Visit(
                        container,
                        asking,
                        address,
                        address.isPresent() ? "" : added.message(),
                        Span.since(leaves)));
        return address.isPresent();
    }

    private synchronized int begin(int end) {
        int next = begun;
        if (next < end) {
            begun++;
            notifyAll();
        }
        return next;
    }

    private synchronized void fail(Throwable why) {
        failure = Optional.of(why);
        begun = Integer.MAX_VALUE;
        notifyAll();
    }

    private synchronized void awaitBegun(int count) throws InterruptedException {
        while (begun < count) {
            wait();
        }
        failure.ifPresent(why -> {
            throw new AssertionError("a pod failed", why);
        });
    }

    @Override
    public void close() {
        daemon.close();
        vpc.close();
        node.close();
    }
}
