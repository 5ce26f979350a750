package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.meta.attach.Backoff;
import io.patchbay.meta.attach.Retrying;
import io.patchbay.meta.run.Node.Answer;
import io.patchbay.meta.socket.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jars whose calls do not end when they are interrupted.
class UnendedCallsTest extends JarRig {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

    /// Sticks for a container whose name begins with "stuck".
    private static String sticksFor(String step) {
        return "if (%s.id().containerId().startsWith(\"stuck\")) { %s }".formatted(step, STICKS);
    }

    private static final String TELLS =
            "((Queue<String>) System.getProperties().get(\"acme.events\")).add(\"%s \" + %s.id().containerId());";

    private final CountDownLatch latch = new CountDownLatch(1);
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private Retrying retrying;

    @BeforeEach
    void share() {
        System.getProperties().put("acme.latch", latch);
        System.getProperties().put("acme.events", events);
        load(DelegateSource.of("good"));
        retrying = node.attacher.retry(BACKOFF, _ -> {});
    }

    @AfterEach
    void end() {
        latch.countDown();
        retrying.close();
        System.getProperties().remove("acme.latch");
        System.getProperties().remove("acme.events");
    }

    private void sticky() {
        load(
                DelegateSource.of("sticky")
                        .with(
                                "add",
                                sticksFor("attachment")
                                        + TELLS.formatted("added", "attachment")
                                        + "return Attached.of(CniResult.EMPTY);")
                        .with("del", TELLS.formatted("del", "detachment")));
    }

    private Answer addStuck(String container) {
        return interrupted("ADD", container, "sticky");
    }

    private void assertGone(String container) {
        Await.until(container + " is undone", () -> node.journal.find(container).isEmpty());
    }

    @Test
    void anAddThatIgnoresInterruptionIsElevenAndUndoneOnceItEnded() {
        sticky();

        Answer late = addStuck("stuck-1");
        assertThat(late.code()).isEqualTo(11);
        assertThat(late.message())
                .contains("net1", "sticky", "did not end add for container stuck-1");
        assertThat(log.with("delegate sticky of sticky.jar did not end add for container stuck-1"))
                .hasSize(1);

        for (String command : List.of("DEL", "ADD", "CHECK")) {
            Answer meanwhile = call(command, "stuck-1", "sticky");
            assertThat(meanwhile.code()).as(command).isEqualTo(11);
            assertThat(meanwhile.message()).contains("an earlier call for stuck-1 has not ended");
        }
        assertThat(events).isEmpty();

        latch.countDown();
        assertGone("stuck-1");
        assertThat(events).containsExactly("added stuck-1", "del stuck-1");
        assertThat(call("DEL", "stuck-1", "sticky").code()).isZero();
        assertThat(call("ADD", "stuck-1", "sticky").code()).isZero();
    }

    @Test
    void aGarbageCollectionLeavesASandboxAloneWhoseAddGoesOnAndHoldsNobodyUp() {
        sticky();
        assertThat(call("ADD", "old", "sticky").code()).isZero();
        assertThat(addStuck("stuck-1").code()).isEqualTo(11);
        events.clear();

        Answer collected = node.call("GC", ", \"cni.dev/valid-attachments\": []");

        assertThat(collected.code()).isEqualTo(11);
        assertThat(collected.message()).contains("stuck-1 has not ended");
        assertThat(events).containsExactly("del old");
        assertThat(call("ADD", "c1", "good").code()).isZero();
        latch.countDown();
        assertGone("stuck-1");
    }

    @Test
    void threeCallsThatDoNotEndMakeTheTypeUnavailableUntilOneDoes() {
        sticky();
        for (int n = 1; n <= 3; n++) {
            assertThat(status("sticky").code()).isZero();
            assertThat(addStuck("stuck-" + n).code()).isEqualTo(11);
        }

        Answer status = status("sticky");
        assertThat(status.code()).isEqualTo(50);
        assertThat(status.message())
                .contains(
                        "delegate sticky of sticky.jar has 3 calls that did not end",
                        "add for container stuck-1",
                        "add for container stuck-3");
        assertThat(call("ADD", "c1", "sticky").code()).isEqualTo(50);
        assertThat(call("ADD", "c2", "good").code()).isZero();
        assertThat(status("good").code()).isZero();

        latch.countDown();
        for (int n = 1; n <= 3; n++) {
            assertGone("stuck-" + n);
        }
        assertThat(status("sticky").code()).isZero();
        assertThat(call("ADD", "c1", "sticky").code()).isZero();
    }

    @Test
    void aDelThatDoesNotEndKeepsItsSandboxLockedAndIsTriedAgainThen() {
        load(
                DelegateSource.of("sticky")
                        .with(
                                "del",
                                sticksFor("detachment") + TELLS.formatted("del", "detachment")));
        assertThat(call("ADD", "stuck-1", "sticky").code()).isZero();

        assertThat(interrupted("DEL", "stuck-1", "sticky").code()).isEqualTo(11);
        assertThat(call("DEL", "stuck-1", "sticky").code()).isEqualTo(11);
        assertThat(node.journal.find("stuck-1")).isPresent();

        latch.countDown();
        assertGone("stuck-1");
        assertThat(events).contains("del stuck-1");
    }

    @Test
    void aProbeThatDoesNotEndKeepsItsSandboxLockedToo() {
        load(DelegateSource.of("sticky").with("probe", sticksFor("attachment")));

        assertThat(interrupted("ADD", "stuck-1", "sticky").code()).isEqualTo(11);
        assertThat(call("DEL", "stuck-1", "sticky").code()).isEqualTo(11);

        latch.countDown();
        Await.until("it is free", () -> call("DEL", "stuck-1", "sticky").code() == 0);
    }

    @Test
    void anAddThatMindsItsInterruptIsUndoneAtOnce() {
        load(
                DelegateSource.of("minds")
                        .with(
                                "add",
                                """
                                ((java.util.concurrent.Semaphore) System.getProperties().get("acme.entered")).release();
                                try {
                                    new java.util.concurrent.CountDownLatch(1).await();
                                    return null;
                                } catch (InterruptedException e) {
                                    throw CniException.tryAgain("ended");
                                }
                                """)
                        .with("del", TELLS.formatted("del", "detachment")));

        assertThat(interrupted("ADD", "c1", "minds").code()).isEqualTo(11);
        assertThat(events).containsExactly("del c1");
        assertThat(node.journal.find("c1")).isEmpty();
    }
}
