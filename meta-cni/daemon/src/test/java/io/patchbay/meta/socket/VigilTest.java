package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.kernel.User;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class VigilTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Map<String, String> ATTEND = Map.of("PATCHBAY_COMMAND", "attend");

    @TempDir private Path directory;

    private Listener listener;

    /// One thread: a vigil must not take it.
    @BeforeEach
    void listen() {
        listener =
                Listener.open(
                        new Listener.Options(socket(), 1, User.effective(), LONG, LONG, LONG),
                        VigilTest::answer);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private Path socket() {
        return directory.resolve("cni.sock");
    }

    private static CniReply answer(Request request) {
        if (!request.environment().equals(ATTEND)) {
            return CniReply.of(1, "no");
        }
        request.last();
        return CniReply.of(0, "{}");
    }

    private Vigil vigil() {
        return Client.vigil(socket(), ATTEND, LONG);
    }

    @Test
    void whoAttendsHearsOfTheEndAndNobodyIsHeldUpUntilThen() throws Exception {
        try (Vigil one = vigil();
                Vigil other = vigil()) {
            CompletableFuture<Void> ended =
                    CompletableFuture.allOf(
                            CompletableFuture.runAsync(one::await, VigilTest::start),
                            CompletableFuture.runAsync(other::await, VigilTest::start));
            assertThat(Client.call(socket(), Map.of("PATCHBAY_COMMAND", "show"), LONG).status())
                    .isEqualTo(1);
            assertThat(ended).isNotDone();
            listener.close();
            ended.get(60, TimeUnit.SECONDS);
        }
    }

    private static void start(Runnable action) {
        Thread.ofPlatform().daemon().start(action);
    }

    @Test
    void whoGivesUpAwaitsNoLonger() throws Exception {
        Vigil vigil = vigil();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(vigil::await, VigilTest::start);
        vigil.close();
        ended.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theConnectionsOfThoseWhoHaveGoneAreClosed() throws IOException {
        vigil().close();
        long first;
        try (Vigil _ = vigil()) {
            first = connections();
        }
        for (int n = 0; n < 20; n++) {
            vigil().close();
        }
        try (Vigil _ = vigil()) {
            assertThat(connections()).isEqualTo(first);
        }
    }

    /// How many sockets the listener's side has, itself among them.
    private long connections() throws IOException {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"))) {
            return sockets.filter(line -> line.endsWith(" " + socket())).count();
        }
    }

    @Test
    void aDaemonThatDoesNotKnowOfItIsToldInASentence() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Client.vigil(socket(), Map.of("PATCHBAY_COMMAND", "x"), LONG))
                .withMessageContaining("of another version");
    }
}
