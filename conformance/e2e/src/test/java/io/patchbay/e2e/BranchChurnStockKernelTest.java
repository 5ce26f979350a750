package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.controller.BranchAnnotation;
import io.patchbay.e2e.BranchChurn.Guest;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods with branch interfaces that come and go by several callers, while the daemon is killed and
/// the controller dies at one call of EC2 after the other. A start of the daemon takes a minute in
/// the emulated machine, so there are few; the trunk is made by a controller that lives, for
/// CrashTest of conformance/cloud cuts that down at each call.
@Tag("stock-kernel")
@Timeout(1800)
class BranchChurnStockKernelTest {
    private static final int CALLERS = 3;
    private static final int PODS_OF_EACH = 4;
    private static final int KILLS = 2;
    private static final int DEATHS = 4;

    /// In the emulated machine a controller needs a minute for what it does in a second here.
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir private Path work;

    private final Semaphore attached = new Semaphore(0);

    @Test
    void nothingIsLeftOfPodsWhoseDaemonAndControllerWereKilled() throws Exception {
        try (BranchChurn churn = BranchChurn.boot(work, 7)) {
            churn.guest("first").end(true, true);
            Await.until("the first branch is gone", LONG, () -> churn.branches().isEmpty());
            churn.letTheControllerDie();
            Snapshot before = churn.node().snapshot();
            List<Guest> living = List.of(churn.guest("living-0"), churn.guest("living-1"));

            comeAndGo(churn);
            for (int i = 0; churn.deathsOfTheController() < DEATHS; i++) {
                churn.guest("more-" + i).end(true, true);
            }

            assertThat(living).allMatch(Guest::reaches);
            churn.letTheControllerLive();
            Await.until(
                    "the branches are those that the living were told",
                    LONG,
                    () -> sorted(churn.branches()).equals(told(churn)));
            living.forEach(guest -> guest.end(false, true));
            Await.until("there is no branch", LONG, () -> churn.branches().isEmpty());
            Await.until(
                    "the node is as it was", LONG, () -> churn.node().snapshot().equals(before));
        }
    }

    private void comeAndGo(BranchChurn churn) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(threads.submit(() -> call(churn, caller)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                attached.acquire(CALLERS * PODS_OF_EACH / (KILLS + 1));
                churn.killDaemon();
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    private Void call(BranchChurn churn, int caller) throws InterruptedException {
        Random random = new Random(caller);
        try {
            for (int i = 0; i < PODS_OF_EACH; i++) {
                Guest guest = churn.guest("pod-%d-%d".formatted(caller, i));
                attached.release();
                assertThat(guest.reaches()).isTrue();
                guest.end(random.nextBoolean(), random.nextBoolean());
            }
        } finally {
            // Whoever waits is not to wait for one that failed.
            attached.release(PODS_OF_EACH);
        }
        return null;
    }

    private static List<String> told(BranchChurn churn) {
        return sorted(
                churn.cluster().now().pods().values().stream()
                        .flatMap(pod -> pod.branch().flatMap(BranchAnnotation::eni).stream())
                        .toList());
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }
}
