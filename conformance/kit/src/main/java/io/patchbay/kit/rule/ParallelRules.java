package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The group PARALLEL: pods that come and go side by side.
public interface ParallelRules extends DelRules {
    int PODS = 8;
    int ROUNDS = 3;
    int SECONDS = 15;

    @Test
    default void parallel901_attachesPodsThatComeAtOnce() throws InterruptedException {
        Snapshot before = candidate().settled();
        List<RigPod> pods =
                IntStream.range(0, PODS).mapToObj(n -> new RigPod("parallel-901-" + n)).toList();
        try {
            List<String> addresses =
                    atOnce(pods, pod -> candidate().add(pod).ips()).stream()
                            .flatMap(ips -> ips.stream().map(ip -> ip.address().toString()))
                            .toList();
            assertThat(new HashSet<>(addresses))
                    .as("addresses, each once")
                    .hasSameSizeAs(addresses);
            atOnce(
                    pods,
                    pod -> {
                        candidate().rig().check(pod);
                        return pod;
                    });
            atOnce(
                    pods,
                    pod -> {
                        candidate().rig().del(pod);
                        return pod;
                    });
        } finally {
            pods.forEach(RigPod::close);
        }
        candidate().assertNothingLeftSince(before, "pods that came and went at once");
    }

    @Test
    default void parallel902_attachesPodsWhileOthersGo() throws InterruptedException {
        Snapshot before = candidate().settled();
        Premise.holds(506, this::del506_touchesNoOtherPod);
        List<RigPod> pods =
                IntStream.range(0, PODS / 2)
                        .mapToObj(n -> new RigPod("parallel-902-" + n))
                        .toList();
        try {
            atOnce(
                    pods,
                    pod -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            candidate().add(pod);
                            candidate().rig().check(pod);
                            candidate().rig().del(pod);
                        }
                        return pod;
                    });
        } finally {
            pods.forEach(RigPod::close);
        }
        candidate().assertNothingLeftSince(before, "pods in churn");
    }

    /// A call for each pod, all let go at one moment; what one throws fails the test.
    private static <T> List<T> atOnce(
            List<RigPod> pods, java.util.function.Function<RigPod, T> call)
            throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(pods.size())) {
            List<Future<T>> futures = new ArrayList<>();
            for (RigPod pod : pods) {
                futures.add(
                        threads.submit(() -> {
                            start.await();
                            return call.apply(pod);
                        }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(get(future));
            }
            return results;
        }
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new AssertionError("a pod waited for %d seconds".formatted(SECONDS), e);
        }
    }

    @Test
    default void parallel903_isNotHeldUpByAnotherPod() throws InterruptedException {
        candidate().settled();
        NodeRig rig = candidate().rig();
        int calls;
        try (RigPod pod = new RigPod("parallel-903")) {
            rig.faults().disarm();
            candidate().add(pod);
            calls = rig.faults().calls().size();
            rig.del(pod);
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int k = 1; k <= calls; k++) {
                assertOthersPass(k, threads);
            }
        }
    }

    private void assertOthersPass(int k, ExecutorService threads) throws InterruptedException {
        NodeRig rig = candidate().rig();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (RigPod slow = new RigPod("parallel-903-slow-" + k);
                RigPod other = new RigPod("parallel-903-other-" + k)) {
            rig.faults().arm(new Fault.Meanwhile(k, () -> holdUp(held, released)));
            Future<?> waiting = threads.submit(() -> candidate().add(slow));
            if (held.await(SECONDS, TimeUnit.SECONDS)) {
                String call = rig.faults().calls().get(k - 1);
                try {
                    Callable<?> passing = () -> candidate().add(other);
                    get(threads.submit(passing));
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "while another pod was in \"" + call + "\": " + e.getMessage(), e);
                } finally {
                    released.countDown();
                }
            }
            get(waiting);
            rig.faults().disarm();
            rig.del(slow);
            rig.del(other);
        }
    }

    private static void holdUp(CountDownLatch held, CountDownLatch released) {
        held.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
