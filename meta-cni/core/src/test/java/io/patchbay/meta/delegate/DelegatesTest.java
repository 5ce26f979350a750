package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Spi;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.CustomKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class DelegatesTest extends DelegatesRig {
    private static final CustomKind KIND =
            new CustomKind("a.b", "v1", "C", "cs", CustomKind.Scope.CLUSTER);

    record Settings(int retries) {}

    record Note(String text) {}

    @Test
    void delegates_start_in_order_and_close_in_reverse() {
        try (Delegates delegates = delegates(recorder("b"), recorder("a"))) {
            delegates.start();
        }

        assertThat(events).containsExactly("start b", "start a", "close a", "close b");
    }

    @Test
    void loops_are_interrupted_and_joined_before_close() {
        CountDownLatch never = new CountDownLatch(1);
        Provider looping =
                new Provider(
                        "loop",
                        Spi.VERSION,
                        context -> {
                            context.run("watch", () -> await(never));
                            return new Recorder("loop");
                        });

        delegates(looping).close();

        assertThat(events).containsExactly("interrupted", "close loop");
    }

    @Test
    void who_follows_changes_is_called_until_the_delegate_is_closed_however_it_takes_them()
            throws InterruptedException {
        Semaphore called = new Semaphore(0);
        Provider following =
                new Provider(
                        "follower",
                        Spi.VERSION,
                        context -> {
                            context.cluster()
                                    .objects(KIND, Config.class)
                                    .onChange(() -> {
                                        called.release();
                                        throw new IllegalStateException("badly");
                                    });
                            return new Recorder("follower");
                        });
        try (Delegates _ = delegates(following)) {
            changes.tell();
            called.acquire();
            changes.tell();
            called.acquire();
        }
        changes.tell();

        assertThat(called.availablePermits()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("follower/"));
    }

    private void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            events.add("interrupted");
        }
    }

    @Test
    void a_delegate_of_another_SPI_is_refused_and_the_others_live() {
        Provider alien = new Provider("alien", 99, context -> new Recorder("alien"));
        try (Delegates delegates = delegates(alien, recorder("good"))) {
            delegates.start();
            PlannedAttachment attachment = Steps.attachment("{'type': 'alien', 'whatever': 1}");

            assertRefused(
                    () -> add(bind(delegates, attachment)),
                    7,
                    "built against version 99 of the SPI");
            assertRefused(() -> status(bind(delegates, attachment)), 50, "version 99");
            assertRefused(() -> del(bindLeniently(delegates, attachment)), 7, "version 99");
            add(bind(delegates, Steps.attachment("{'type': 'good'}")));
        }
    }

    @Test
    void a_type_that_is_claimed_twice_is_nobodys() {
        try (Delegates delegates = delegates(recorder("twin"), recorder("twin"))) {
            assertThat(events).containsExactly("close twin");
            assertRefused(
                    () -> add(bind(delegates, Steps.attachment("{'type': 'twin'}"))),
                    7,
                    "delegate twin is claimed twice");
        }
    }

    @Test
    void a_delegate_that_cannot_be_created_answers_50() {
        Provider failing =
                new Provider(
                        "failing",
                        Spi.VERSION,
                        context -> {
                            throw new IllegalStateException("no such device");
                        });
        try (Delegates delegates = delegates(failing)) {
            delegates.start();
            assertRefused(
                    () -> add(bind(delegates, Steps.attachment("{'type': 'failing'}"))),
                    50,
                    "no such device");
        }
    }

    @Test
    void a_delegate_that_did_not_start_adds_nothing_but_still_undoes() {
        Provider failing =
                new Provider(
                        "failing",
                        Spi.VERSION,
                        context ->
                                new Recorder("failing") {
                                    @Override
                                    public void start() {
                                        throw new IllegalStateException("the cloud is away");
                                    }

                                    @Override
                                    public void delInherited(
                                            String containerId,
                                            Optional<Netns> pod,
                                            Instant deadline) {
                                        events.add("del inherited " + containerId);
                                    }

                                    @Override
                                    public boolean inherits(String containerId) {
                                        return containerId.equals("old");
                                    }
                                });
        try (Delegates delegates = delegates(failing, recorder("good"))) {
            delegates.start();
            PlannedAttachment attachment = Steps.attachment("{'type': 'failing'}");

            assertRefused(() -> add(bind(delegates, attachment)), 50, "the cloud is away");
            assertRefused(() -> status(bind(delegates, attachment)), 50, "the cloud is away");
            del(bindLeniently(delegates, attachment));
            Delegate<?> kept = delegates.find("failing").orElseThrow();
            kept.delInherited("old", Optional.empty(), Instant.MAX);
            assertThat(kept.inherits("old")).isTrue();
            assertThat(kept.inherits("new")).isFalse();
        }
        assertThat(events)
                .containsExactly(
                        "start good",
                        "del failing",
                        "del inherited old",
                        "close good",
                        "close failing");
    }

    @Test
    void a_delegate_reads_its_section_and_keeps_notes() {
        List<Settings> read = new ArrayList<>();
        Provider noting =
                new Provider(
                        "vpc",
                        Spi.VERSION,
                        context -> {
                            read.add(context.settings(Settings.class));
                            context.journal("eni", Note.class).write("a/b", new Note("kept"));
                            return new Recorder("vpc");
                        });

        delegates(Map.of("vpc", Json.object().put("retries", 3)), noting).close();
        delegates(noting).close();

        assertThat(read).containsExactly(new Settings(3), new Settings(0));
        assertThat(directory.resolve("state/notes/vpc/eni/a%2Fb")).exists();
    }

    @Test
    void an_unknown_setting_makes_the_type_answer_50_with_the_key() {
        Provider reading =
                new Provider(
                        "vpc",
                        Spi.VERSION,
                        context -> {
                            context.settings(Settings.class);
                            return new Recorder("vpc");
                        });
        try (Delegates delegates =
                delegates(Map.of("vpc", Json.object().put("retrys", 3)), reading)) {
            assertRefused(
                    () -> add(bind(delegates, Steps.attachment("{'type': 'vpc'}"))),
                    50,
                    "did you mean \"retries\"?");
        }
    }
}
