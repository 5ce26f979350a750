package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of an undo that could not be finished (law 6).
@Timeout(300)
class RetryingTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8));
    private static final Backoff NEVER = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    private static final String STUCK = "del tuning net1 inside";

    private final World world = new World();
    private final AttachmentPlan plan =
            world.plan("c1", 1 << 24, List.of(List.of("vpc"), List.of("bridge", "tuning")));
    private final BlockingQueue<Sandbox> finished = new LinkedBlockingQueue<>();
    private Attacher attacher = world.attacher();

    private void add() {
        attacher.add(plan, world.pod(plan), World.LATER);
    }

    private void del() {
        attacher.del("c1", "eth0", Optional.of(world.pod(plan)), World.LATER);
    }

    private String awaitFinished() throws InterruptedException {
        Sandbox sandbox = finished.poll(60, TimeUnit.SECONDS);
        assertThat(sandbox).as("a sandbox that a retry finished").isNotNull();
        return sandbox.plan().containerId();
    }

    private long tries() {
        return world.events.stream().filter(STUCK::equals).count();
    }

    @Test
    @DisplayName("row N29: a DEL that fails twice is finished without anybody calling")
    void aDelThatFailsTwiceIsFinishedWithoutAnybodyCalling() throws InterruptedException {
        add();
        world.failTimes(3, STUCK, CniException.tryAgain("busy"));
        try (Retrying _ = attacher.retry(QUICK, finished::add)) {
            assertThatThrownBy(this::del).hasMessageContaining("busy");

            assertThat(awaitFinished()).isEqualTo("c1");
        }
        assertThat(tries()).isEqualTo(4);
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void whatAFailedAddLeftIsUndoneToo() throws InterruptedException {
        world.failures.put("add tuning net1", CniException.tryAgain("no"));
        world.failTimes(1, STUCK, CniException.tryAgain("busy"));
        try (Retrying _ = attacher.retry(QUICK, finished::add)) {
            assertThatThrownBy(this::add).hasMessageContaining("no");

            assertThat(awaitFinished()).isEqualTo("c1");
        }
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void whatTheStartCouldNotUndoIsTriedAgain() throws InterruptedException {
        new SandboxJournal(world.storage).begin(plan);
        world.failTimes(1, STUCK, CniException.tryAgain("busy"));
        attacher = world.attacher();
        assertThat(attacher.reconcile()).isPresent();

        try (Retrying _ = attacher.retry(QUICK, finished::add)) {
            assertThat(awaitFinished()).isEqualTo("c1");
        }
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void anUnfinishedDelIsFinishedByTheNextStartThoughItsNamespaceLives() {
        add();
        world.failTimes(1, STUCK, CniException.tryAgain("busy"));
        assertThatThrownBy(this::del).hasMessageContaining("busy");
        assertThat(world.storage.files).isNotEmpty();

        assertThat(world.attacher().reconcile()).isEmpty();

        assertThat(world.storage.files).isEmpty();
        assertThat(world.told).as("the results are still told").containsKey("del vpc");
    }

    @Test
    void anUnfinishedSandboxIsNotAttachedAnyMoreAndAnotherAddFinishesItFirst() {
        add();
        world.failTimes(1, STUCK, CniException.tryAgain("busy"));
        assertThatThrownBy(this::del).hasMessageContaining("busy");
        assertThatThrownBy(() -> attacher.check("c1", world.pod(plan), World.LATER))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.UNKNOWN_CONTAINER));
        world.events.clear();

        add();

        assertThat(world.events.getFirst()).isEqualTo(STUCK);
        assertThat(world.events).contains("add tuning net1");
        attacher.check("c1", world.pod(plan), World.LATER);
    }

    @Test
    void aDelInBetweenFinishesItAndTheRetryLeavesANewSandboxOfTheIdAlone()
            throws InterruptedException {
        add();
        world.failTimes(1, STUCK, CniException.tryAgain("busy"));
        assertThatThrownBy(this::del).hasMessageContaining("busy");
        del();
        add();
        AttachmentPlan other = world.plan("c2", (1 << 24) + 1024, List.of(List.of("vpc")));
        attacher.add(other, world.pod(other), World.LATER);
        world.failTimes(1, "del vpc eth0 inside", CniException.tryAgain("busy"));
        try (Retrying retrying = attacher.retry(QUICK, finished::add)) {
            retrying.later("c1");
            assertThatThrownBy(() ->
                            attacher.del("c2", "eth0", Optional.of(world.pod(other)), World.LATER))
                    .hasMessageContaining("busy");

            assertThat(awaitFinished()).as("the only one").isEqualTo("c2");
        }
        attacher.check("c1", world.pod(plan), World.LATER);
    }

    @Test
    void closingEndsAWaitAtOnceAndLeavesTheSandboxInTheJournal() {
        add();
        world.failures.put(STUCK, CniException.tryAgain("busy"));
        Retrying retrying = attacher.retry(NEVER, finished::add);
        assertThatThrownBy(this::del).hasMessageContaining("busy");

        retrying.close();

        assertThat(tries()).isEqualTo(1);
        assertThat(world.storage.files).containsKeys("results/c1", "sandboxes/c1");
    }
}
