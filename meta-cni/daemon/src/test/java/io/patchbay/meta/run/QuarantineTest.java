package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.meta.jar.Found;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.journal.Envelope;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.run.Node.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jars in whose calls the daemon ended. A call that does not end stands for one in which the
/// process did, and new {@link Jars} on the same state for the next process.
class QuarantineTest extends JarRig {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final CountDownLatch latch = new CountDownLatch(1);

    @BeforeEach
    void loadDeadly() {
        System.getProperties().put("acme.latch", latch);
        put(DelegateSource.of("good"));
        load(DelegateSource.of("deadly").with("add", STICKS + "return null;"));
    }

    @AfterEach
    void end() {
        latch.countDown();
        System.getProperties().remove("acme.latch");
    }

    private void die(String container) {
        assertThat(interrupted("ADD", container, "deadly").code()).isEqualTo(11);
    }

    private static List<String> types(Found found) {
        return found.providers().stream().map(provider -> provider.type()).sorted().toList();
    }

    private Path note() {
        return node.state.resolve("quarantine/deadly.jar");
    }

    @Test
    void oneEndInACallOfAJarIsNotedAndNothingElse() {
        die("c1");

        assertThat(types(jars().load())).containsExactly("deadly", "good");
        assertThat(note()).content().contains("add for container c1");
    }

    @Test
    void aSecondEndWithinTenMinutesPutsTheJarInQuarantineAndNamesTypeJarAndWay() {
        die("c1");
        jars(() -> NOON).load();
        die("c2");
        Found found = jars(() -> NOON.plusSeconds(599)).load();

        assertThat(types(found)).containsExactly("good");
        assertThat(found.refused())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.type()).isEqualTo("deadly");
                    assertThat(refused.sentence())
                            .contains(
                                    "deadly.jar is in quarantine",
                                    "ended 2 times",
                                    "add for container c1, at 2026-01-01T12:00:00Z",
                                    "add for container c2, at 2026-01-01T12:09:59Z",
                                    "remove " + note());
                });
        assertThat(log.with("deadly.jar is in quarantine")).hasSize(1);
    }

    @Test
    void anEndMoreThanTenMinutesLaterDoesNot() {
        die("c1");
        jars(() -> NOON).load();
        die("c2");

        assertThat(types(jars(() -> NOON.plusSeconds(601)).load()))
                .containsExactly("deadly", "good");
    }

    private Node restarted(Found found) {
        Node next = new Node(directory.resolve("next"), NetworkSelection.of("core", "side"));
        next.delegates.load(found);
        return next;
    }

    private Found quarantined() {
        die("c1");
        jars().load();
        die("c2");
        return jars().load();
    }

    @Test
    void theTypeAnswersFiftyAndTheOthersGoOn() {
        Node before = node;
        try (Node next = restarted(quarantined())) {
            node = next;
            Answer status = status("deadly");
            assertThat(status.code()).isEqualTo(50);
            assertThat(status.message()).contains("deadly.jar is in quarantine");
            assertThat(call("ADD", "c3", "deadly").code()).isEqualTo(50);
            assertThat(call("ADD", "c4", "good").code()).isZero();
        } finally {
            node = before;
        }
    }

    @Test
    void anotherJarInItsPlaceIsLoadedWithoutARestart() {
        quarantined();
        Jars next = jars();
        Node before = node;
        try (Node other = restarted(next.load())) {
            node = other;
            assertThat(status("deadly").code()).isEqualTo(50);
            put(DelegateSource.of("deadly"));
            other.delegates.load(next.load());

            assertThat(status("deadly").code()).isZero();
            assertThat(call("ADD", "c3", "deadly").code()).isZero();
        } finally {
            node = before;
        }
        assertThat(note()).doesNotExist();
    }

    @Test
    void whoRemovesTheNoteLiftsTheQuarantineAtTheNextStart() throws IOException {
        quarantined();
        Files.delete(note());

        assertThat(types(jars().load())).containsExactly("deadly", "good");
    }

    @Test
    void anEndThatWasAskedForIsNoJarsFault() {
        die("c1");
        jars().load();
        die("c2");
        loaded().end();

        assertThat(types(jars().load())).containsExactly("deadly", "good");
    }

    @Test
    void aCrashOfTheMachineIsNoJarsFault() throws IOException {
        for (String container : List.of("c1", "c2", "c3")) {
            die(container);
            fromAnotherBoot();
            assertThat(types(jars().load())).containsExactly("deadly", "good");
        }
        assertThat(note()).doesNotExist();
    }

    /// Makes the marks of calls such as another boot made.
    private void fromAnotherBoot() throws IOException {
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        try (Stream<Path> marks = Files.list(node.state.resolve("calls"))) {
            for (Path mark : marks.toList()) {
                String text =
                        Envelope.open("calls", Files.readAllBytes(mark))
                                        instanceof Envelope.Whole(String whole)
                                ? whole
                                : "";
                assertThat(text).contains(boot);
                Files.write(mark, Envelope.seal("calls", text.replace(boot, "another")));
            }
        }
    }

    @Test
    void theBlameIsSharedWhereSeveralJarsWereInACall() {
        load(DelegateSource.of("other").with("add", STICKS + "return null;"));
        for (int n = 1; n <= 2; n++) {
            die("c" + n);
            assertThat(interrupted("ADD", "o" + n, "other").code()).isEqualTo(11);
            assertThat(types(jars().load())).containsExactly("deadly", "good", "other");
        }
        die("c3");
        assertThat(types(jars().load())).containsExactly("good", "other");
    }

    @Test
    void aCallThatEndedLeavesNoMark() {
        assertThat(call("ADD", "c1", "good").code()).isZero();
        assertThat(node.state.resolve("calls")).isEmptyDirectory();
    }

    @Test
    void patchbayStatusNamesTheJarAndWhy() throws IOException {
        quarantined();
        Path config = directory.resolve("patchbay.yaml");
        Files.writeString(config, "state: " + node.state);

        CommandRun status = CommandRun.of("status", "--config", config.toString());

        assertThat(status.status()).isZero();
        assertThat(status.out())
                .containsPattern("JAR +TYPES +STATE")
                .containsPattern("deadly\\.jar +deadly +deadly\\.jar is in quarantine")
                .containsPattern("good\\.jar +good +loaded");
    }
}
