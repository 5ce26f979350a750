package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Steps.PathOnly;
import io.patchbay.meta.delegate.Steps.Step;
import io.patchbay.spi.cni.CniException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class BadPluginTest {
    @TempDir private Path directory;
    private final ExecDelegate delegate = new ExecDelegate(InstantSource.system());

    private CniException add(String body, Duration limit) throws IOException {
        Path binary = Script.write(directory, "bad", body);
        ForeignConfig config =
                new ForeignConfig(
                        "bad",
                        binary,
                        CniVersion.V1_1_0,
                        Json.object(),
                        Map.of(),
                        List.of(directory.toString()),
                        "",
                        new Complaints(0));
        var step = new Step<>(config, Optional.empty(), Instant.now().plus(limit));
        return catchThrowableOfType(
                CniException.class, () -> delegate.add(step, new PathOnly("/run/netns/x")));
    }

    private CniException add(String body) throws IOException {
        return add(body, Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    exit 0                       | 6   | said nothing: a result is expected
                    echo hello                   | 6   | is no JSON
                    echo '[]'                    | 6   | an object is expected
                    exit 3                       | 999 | failed with status 3
                    echo oops; exit 1            | 999 | failed with status 1, and printed no JSON: "oops"
                    kill -9 $$                   | 999 | was ended by signal 9
                    kill -11 $$                  | 999 | was ended by signal 11
                    echo '{"cniVersion":"9.0"}'  | 1   | 9.0
                    echo '{"code":117,"msg":"no"}'; exit 1 | 117 | plugin bad (
                    echo '{"code":11,"msg":"no"}'; exit 1  | 11  | /bad): no
                    echo '{"msg":"no"}'; exit 1            | 999 | /bad): no
                    """)
    void what_a_plugin_does_wrong_is_told(String body, int code, String sentence)
            throws IOException {
        CniException refusal = add(body);

        assertThat(refusal).hasMessageContaining(sentence).hasMessageContaining("plugin bad");
        assertThat(refusal.code().value()).isEqualTo(code);
    }

    @Test
    void its_details_and_the_end_of_its_stderr_are_kept() throws IOException {
        CniException refusal =
                add(
                        """
                        head -c 10000 /dev/zero | tr '\\0' 'x' >&2; echo last words >&2
                        echo '{"code": 117, "msg": "no", "details": "why"}'; exit 1
                        """);

        assertThat(refusal.details()).startsWith("why; stderr: xxx").endsWith("last words");
        assertThat(refusal.details().length()).isBetween(4096, 4200);
    }

    @Test
    void a_flood_is_dammed() throws IOException {
        CniException refusal = add("head -c 100000000 /dev/zero");

        assertThat(refusal).hasMessageContaining("printed more than 4 MiB, and was killed");
    }

    @Test
    void a_hang_ends_at_the_deadline_with_all_that_was_started() throws Exception {
        Path pids = Files.createFile(directory.resolve("pids"));
        Duration limit = Duration.ofMillis(500);
        while (Files.size(pids) == 0) {
            // On a busy machine it may not have come that far.
            CniException refusal = add("sleep 1000 & echo $$ $! > %s; wait".formatted(pids), limit);

            assertThat(refusal.code().value()).isEqualTo(11);
            assertThat(refusal).hasMessageContaining("did not end before the deadline");
            limit = limit.multipliedBy(2);
        }
        assertDead(Files.readString(pids).strip());
    }

    @Test
    void a_daemonised_grandchild_is_killed_with_its_call() throws Exception {
        Path pid = directory.resolve("pid");
        CniException refusal =
                add(
                        "(setsid sleep 1000 <&- >&- 2>&- & echo $! > %s); head -c 100000000 /dev/zero"
                                .formatted(pid));

        assertThat(refusal).hasMessageContaining("was killed");
        assertDead(Files.readString(pid).strip());
    }

    @Test
    void a_deadline_that_has_passed_is_one_too() throws IOException {
        assertThat(add("sleep 1000", Duration.ofSeconds(-5)).code().value()).isEqualTo(11);
    }

    @Test
    void an_interrupt_kills_it_and_stays_set() throws Exception {
        Path started = directory.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
        AtomicReference<CniException> refusal = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                refusal.set(
                                        add("echo $$ > %s; exec sleep 1000".formatted(started)));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                            interrupted.set(Thread.currentThread().isInterrupted());
                        });
        String pid;
        try (BufferedReader reader = Files.newBufferedReader(started)) {
            pid = String.valueOf(reader.readLine());
        }

        caller.interrupt();
        caller.join();

        assertThat(refusal.get().code().value()).isEqualTo(11);
        assertThat(interrupted.get()).isTrue();
        assertDead(pid);
    }

    @Test
    void a_daemon_that_keeps_the_pipes_open_holds_nobody() throws IOException {
        Path pid = directory.resolve("pid");
        try {
            CniException refusal =
                    add("setsid sleep 1000 & echo $! > %s; echo '{}'".formatted(pid));

            assertThat(refusal).isNull();
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static void assertDead(String pids) throws Exception {
        for (String pid : Arrays.asList(pids.split(" ", -1))) {
            var process = ProcessHandle.of(Long.parseLong(pid));
            if (process.isPresent()) {
                process.get().onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }
}
