package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.jar.DelegateSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Third parties' jars in a daemon of its own: they come while it runs, leave threads behind, or
/// end it.
@Tag("kernel")
@Timeout(600)
class ThirdPartyTest {
    @TempDir Path work;

    private TelecomNode node;
    private PodNetns pod;

    @BeforeEach
    void boot() throws IOException {
        Files.createDirectories(work.resolve("delegates"));
        node =
                TelecomNode.create(
                        work,
                        """
                        defaultNetwork: {type: first}
                        delegatePath: [%s]
                        """
                                .formatted(work.resolve("delegates")));
        node.installation().pod("plain");
        pod = node.pod("plain");
    }

    @AfterEach
    void shutDown() {
        pod.close();
        node.close();
    }

    private Path place(String name) {
        return work.resolve("delegates").resolve(name);
    }

    private void put(DelegateSource source) {
        source.jar().write(place("first.jar"));
    }

    private static DelegateSource first() {
        return DelegateSource.of("first");
    }

    private Answer call(String command) {
        return node.shim().call(node.call(command, "plain", pod, "plain"));
    }

    private void assertSucceeds(String... commands) {
        for (String command : commands) {
            Answer answer = call(command);
            assertThat(answer.status()).as(answer.output()).isZero();
        }
    }

    @Test
    void aJarThatIsCopiedIntoARunningDaemonIsLoadedOnceItIsWhole() throws IOException {
        byte[] jar = first().jar().bytes();
        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(call("STATUS").code()).isEqualTo(50);

            Files.write(place("first.jar"), Arrays.copyOf(jar, jar.length / 2));
            daemon.awaitLine("first.jar is no whole jar");
            Await.until(
                    "it is told",
                    () -> call("STATUS").message().contains("first.jar is no whole jar"));

            Files.write(place("first.jar"), jar);
            Await.until("it is loaded", () -> call("STATUS").status() == 0);
            assertSucceeds("ADD", "CHECK", "DEL");
        }
    }

    @Test
    void anotherJarInThePlaceOfOneThatRunsIsToldAndCountsAfterARestart() {
        put(first());
        try (DaemonProcess daemon = node.startDaemon()) {
            put(first().with("add", "throw CniException.tryAgain(\"the new one\");"));
            daemon.awaitLine("first.jar has changed");
            assertSucceeds("ADD", "DEL");
        }
        try (DaemonProcess _ = node.startDaemon()) {
            assertThat(call("ADD").message()).contains("the new one");
        }
    }

    @Test
    void aJarThatLeavesAThreadBehindIsNamedAndTheDaemonEnds() {
        put(
                first().with(
                                "start",
                                """
                                Thread left = new Thread(() -> {
                                    while (true) {
                                        try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
                                    }
                                }, "acme-poller");
                                left.setDaemon(false);
                                left.start();
                                """));
        DaemonProcess daemon = node.startDaemon();
        assertSucceeds("ADD", "DEL");

        // Process.destroy() would close the log.
        node.namespace().run("kill", "-TERM", Long.toString(daemon.pid()));
        assertThat(daemon.await()).isZero();
        assertThat(daemon.log())
                .contains("first.jar left threads behind when it was closed: acme-poller");
    }

    @Test
    void aCallThatGoesOnDoesNotKeepTheDaemonFromEnding() throws IOException {
        Files.writeString(node.settings(), Files.readString(node.settings()) + "\ndeadline: 5s\n");
        put(
                first().with(
                                "add",
                                """
                                while (true) {
                                    try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
                                }
                                """));
        DaemonProcess daemon = node.startDaemon();
        assertThat(call("ADD").code()).isEqualTo(11);
        assertThat(call("DEL").message()).contains("has not ended");

        assertThat(daemon.stop()).isZero();
        assertThat(node.state().resolve("calls")).isEmptyDirectory();
    }

    private static DelegateSource deadly(String statement) {
        return first().with("add", "if (pod != null) " + statement + " return null;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(0);", "Runtime.getRuntime().halt(7);"})
    void aJarThatEndsTheProcessTwiceIsNotLoadedAThirdTimeAndNamed(String end) {
        put(deadly(end));
        for (int n = 1; n <= 2; n++) {
            DaemonProcess doomed = node.startDaemon();
            assertThat(call("ADD").code()).isEqualTo(11);
            assertThat(doomed.await()).isNotZero();
        }

        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(daemon.log()).contains("first.jar is in quarantine", "ended 2 times");
            assertThat(call("STATUS").code()).isEqualTo(50);
            assertThat(call("STATUS").message()).contains("first.jar is in quarantine");
            assertThat(call("ADD").code()).isEqualTo(50);
            assertThat(status()).contains("first.jar is in quarantine");

            put(first());
            Await.until("it is loaded", () -> call("STATUS").status() == 0);
            assertSucceeds("DEL", "ADD", "DEL");
            assertThat(status()).doesNotContain("quarantine");
        }
    }

    private String status() {
        return node.installation().operate("status").output();
    }

    @Test
    void aThreadThatAJarStartedIsFoundWhenItEndsTheProcess() {
        put(
                first().with(
                                "add",
                                """
                                Thread ends = new Thread(() -> System.exit(0));
                                ends.start();
                                return Attached.of(CniResult.EMPTY);
                                """));
        for (int n = 1; n <= 2; n++) {
            DaemonProcess doomed = node.startDaemon();
            assertThat(call("DEL").status()).isZero();
            boolean _ = call("ADD").output().isEmpty();
            assertThat(doomed.await()).isNotZero();
            assertThat(doomed.log()).contains("first.jar ended the process, by System.exit");
        }
        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(daemon.log()).contains("first.jar is in quarantine");
        }
    }

    @Test
    void aSingleKillDuringACallPutsNoJarInQuarantine() {
        put(
                first().with(
                                "add",
                                "System.out.println(\"adding\"); try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { } return null;"));
        DaemonProcess daemon = node.startDaemon();
        var adding = Thread.ofPlatform().daemon().start(() -> call("ADD"));
        daemon.awaitLine("adding").kill();
        assertThat(adding).satisfies(Thread::join);

        put(first());
        try (DaemonProcess after = node.startDaemon()) {
            assertThat(after.log()).doesNotContain("quarantine");
            assertSucceeds("DEL", "ADD", "DEL");
        }
    }

    /// One that took over the sandbox `theirs` from another program.
    private static DelegateSource heir(String statements) {
        return first().with(
                        "members",
                        """
                        @Override public boolean inherits(String container) { return container.equals("theirs"); }
                        @Override public void delInherited(String container, Optional<Netns> pod, java.time.Instant deadline) {
                            if (container.equals("theirs")) { %s }
                        }
                        """
                                .formatted(statements));
    }

    private Answer call(String command, String container) {
        return node.shim().call(node.call(command, container, pod, "plain"));
    }

    @Test
    void aJarIsToldTheDelOfASandboxThatItTookOver() {
        put(heir("System.out.println(\"freed \" + container);"));
        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(call("CHECK", "theirs").code()).isZero();
            assertThat(call("CHECK", "nobodys").code()).isNotZero();

            assertThat(call("DEL", "nobodys").code()).isZero();
            assertThat(call("DEL", "theirs").code()).isZero();

            daemon.awaitLine("freed theirs");
            assertThat(daemon.log()).doesNotContain("freed nobodys");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw new IllegalStateException(\"lost\");", "int _ = deeper(0);"})
    void aJarThatFailsInTheDelOfWhatItTookOverIsNamedAndHurtsNobodyElse(String failure) {
        put(heir(failure));
        try (DaemonProcess daemon = node.startDaemon()) {
            Answer answer = call("DEL", "theirs");
            assertThat(answer.code()).isNotZero();
            assertThat(answer.message())
                    .contains(
                            "delegate first, for container theirs, which another program attached");

            assertThat(call("DEL", "nobodys").code()).isZero();
            assertSucceeds("ADD", "CHECK", "DEL");
            assertThat(daemon.stop()).isZero();
        }
    }

    @Test
    void aJarThatNeverEndsTheDelOfWhatItTookOverIsLeftAtTheDeadline() throws IOException {
        Files.writeString(node.settings(), Files.readString(node.settings()) + "\ndeadline: 5s\n");
        put(
                heir(
                        "while (true) { try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { } }"));
        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(call("DEL", "theirs").code()).isEqualTo(11);
            assertSucceeds("ADD", "CHECK", "DEL");
            assertThat(daemon.stop()).isZero();
        }
    }
}
