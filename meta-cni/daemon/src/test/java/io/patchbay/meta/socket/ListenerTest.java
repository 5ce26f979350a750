package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.kernel.User;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ListenerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path directory;

    private Path socket() {
        return directory.resolve("made").resolve("cni.sock");
    }

    private Listener.Options options(int threads) {
        return new Listener.Options(socket(), threads, User.effective(), LONG, LONG, LONG);
    }

    private Listener.Options impatient(int milliseconds) {
        Duration patience = Duration.ofMillis(milliseconds);
        return new Listener.Options(socket(), 1, User.effective(), patience, LONG, LONG);
    }

    /// Answers with the container's id, as a refusal.
    private static CniReply echo(Request request) {
        String id = request.environment().getOrDefault("CNI_CONTAINERID", "nobody");
        return CniReply.failure(new CniException(Standard.TRY_AGAIN_LATER, id), CniVersion.NEWEST);
    }

    private static byte[] frame(String container) {
        return Wire.frame(Map.of("CNI_CONTAINERID", container), "{}", 0);
    }

    private Wire.Reply call(byte[] octets) {
        return Wire.call(socket(), octets);
    }

    @Test
    void aRequestIsAnswered() {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            Wire.Reply reply = call(frame("c1"));
            assertThat(reply.status()).isEqualTo(1);
            assertThat(reply.body()).contains("\"code\":11", "\"msg\":\"c1\"");
        }
    }

    @Test
    void onlyTheOwnerReachesTheSocket() throws IOException {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            assertThat(mode(socket())).isEqualTo("rw-------");
            assertThat(mode(directory.resolve("made"))).isEqualTo("rwx------");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void anotherUserIsRefusedWithASentence() {
        Listener.Options strict =
                new Listener.Options(socket(), 1, User.effective() + 1, LONG, LONG, LONG);
        try (Listener _ = Listener.open(strict, ListenerTest::echo)) {
            assertThat(call(frame("c1")).body())
                    .contains("\"code\":5", "uid " + User.effective() + " may not use");
        }
    }

    @Test
    void aClientThatSaysNothingIsRefusedAndHoldsNobodyUp() throws IOException {
        try (Listener _ = Listener.open(impatient(100), ListenerTest::echo);
                SocketChannel silent = Wire.connect(socket())) {
            assertThat(Wire.reply(silent).body())
                    .contains("\"code\":5", "0 of 24 octets came within 100 ms");
            // This thread, too, may take longer than that on a busy machine.
            Await.until("the next is answered", () -> call(frame("c2")).body().contains("c2"));
        }
    }

    @Test
    void aClientThatGoesWithoutAWordIsNotAnswered() throws IOException {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo);
                SocketChannel prober = Wire.connect(socket())) {
            prober.shutdownOutput();
            assertThat(Wire.reply(prober)).isEqualTo(new Wire.Reply(-1, ""));
        }
    }

    @Test
    void garbageIsRefused() {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            assertThat(
                            call("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                            .getBytes(StandardCharsets.UTF_8))
                                    .body())
                    .contains("\"code\":5", "only Patchbay's plugin binary can talk here");
        }
    }

    @Test
    void halfAFrameIsRefusedWhereverItEnds() throws IOException {
        byte[] frame = frame("c1");
        try (Listener _ = Listener.open(options(2), ListenerTest::echo)) {
            for (int length = 1; length < frame.length; length++) {
                try (SocketChannel channel = Wire.connect(socket())) {
                    channel.write(ByteBuffer.wrap(frame, 0, length));
                    channel.shutdownOutput();
                    assertThat(Wire.reply(channel).body()).contains("\"code\":5", "it ends after");
                }
            }
        }
    }

    @Test
    void aFrameThatComesOctetByOctetIsAnswered() throws IOException {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo);
                SocketChannel channel = Wire.connect(socket())) {
            for (byte octet : frame("slow")) {
                channel.write(ByteBuffer.wrap(new byte[] {octet}));
            }
            assertThat(Wire.reply(channel).body()).contains("slow");
        }
    }

    @Test
    void aClaimOfTenMegabytesIsRefusedByItsHeader() throws IOException {
        byte[] header =
                ByteBuffer.allocate(24).put(frame("c1"), 0, 24).putInt(16, 10 << 20).array();
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            assertThat(call(header).body())
                    .contains(
                            "\"code\":5",
                            "its stdin has 10485760 octets, and the limit is 4194304");
        }
    }

    @Test
    void theLargestStdinIsTaken() {
        String stdin = "x".repeat(4 << 20);
        RequestHandler measure =
                request ->
                        CniReply.failure(
                                CniException.tryAgain("length " + request.stdin().length),
                                CniVersion.NEWEST);
        try (Listener _ = Listener.open(options(1), measure)) {
            assertThat(call(Wire.frame(Map.of(), stdin, 0)).body()).contains("length 4194304");
        }
    }

    @Test
    void aThousandCallsOfSixtyFourClientsGetEachTheirOwnAnswer() throws Exception {
        try (Listener _ = Listener.open(options(16), ListenerTest::echo);
                ExecutorService clients = Executors.newFixedThreadPool(64)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int client = 0; client < 64; client++) {
                String id = "client" + client;
                calls.add(
                        clients.submit(() -> {
                            for (int n = 0; n < 16; n++) {
                                assertThat(call(frame(id)).body())
                                        .contains("\"msg\":\"" + id + "\"");
                            }
                        }));
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aHandlerIsInterruptedAtTheDeadlineAndTheThreadWorksOn() {
        RequestHandler handler =
                request -> {
                    if (request.environment().containsKey("HANG")) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("interrupted", e);
                        }
                    }
                    return echo(request);
                };
        try (Listener _ = Listener.open(options(1), handler)) {
            Wire.Reply late = call(Wire.frame(Map.of("HANG", "1"), "{}", 200));
            assertThat(late.body())
                    .contains("\"code\":11", "the request did not end before its deadline");
            assertThat(call(frame("next")).body()).contains("next");
        }
    }

    @Test
    void aHandlerIsInterruptedWhenItsClientIsGoneButThatOfADelIsNot() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch abandoned = new CountDownLatch(1);
        CompletableFuture<String> del = new CompletableFuture<>();
        RequestHandler waiting =
                request -> {
                    boolean isDel = request.environment().containsValue("DEL");
                    arrived.countDown();
                    try {
                        (isDel ? abandoned : new CountDownLatch(1)).await();
                        del.complete("finished");
                        return CniReply.empty();
                    } catch (InterruptedException e) {
                        if (isDel) {
                            del.complete("interrupted");
                        }
                        abandoned.countDown();
                        throw new IllegalStateException(e);
                    }
                };
        try (Listener _ = Listener.open(options(2), waiting)) {
            for (String command : List.of("DEL", "ADD")) {
                try (SocketChannel client = Wire.connect(socket())) {
                    client.write(
                            ByteBuffer.wrap(Wire.frame(Map.of("CNI_COMMAND", command), "{}", 0)));
                }
            }
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(abandoned.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(del.get(60, TimeUnit.SECONDS)).isEqualTo("finished");
            byte[] next = Wire.frame(Map.of("CNI_COMMAND", "DEL"), "{}", 0);
            assertThat(call(next).status()).as("the threads work on").isZero();
        }
    }

    @Test
    void whatAHandlerThrowsIsABug() {
        RequestHandler broken =
                _ -> {
                    throw new StackOverflowError();
                };
        try (Listener _ = Listener.open(options(1), broken)) {
            assertThat(call(frame("c1")).body()).contains("\"code\":999");
            assertThat(call(frame("c1")).body()).contains("\"code\":999");
        }
    }

    @Test
    void theClientsPatienceMakesTheDeadlineLessAMargin() {
        CompletableFuture<Duration> left = new CompletableFuture<>();
        RequestHandler handler =
                request -> {
                    left.complete(Duration.between(Instant.now(), request.deadline()));
                    return CniReply.empty();
                };
        try (Listener _ = Listener.open(options(1), handler)) {
            assertThat(call(Wire.frame(Map.of(), "", 20_000))).isEqualTo(new Wire.Reply(0, ""));
        }
        assertThat(left.join()).isLessThanOrEqualTo(Duration.ofMillis(19_500));
    }

    @Test
    void stoppingFinishesWhatIsInFlightAndTakesNothingNew() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RequestHandler slow =
                request -> {
                    arrived.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return echo(request);
                };
        Listener listener = Listener.open(options(4), slow);
        try (ExecutorService others = Executors.newCachedThreadPool()) {
            Future<Wire.Reply> inFlight = others.submit(() -> call(frame("last")));
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = others.submit(listener::close);
            Await.until("the socket refuses", this::isRefused);
            assertThat(closing.isDone()).isFalse();
            released.countDown();
            assertThat(inFlight.get(60, TimeUnit.SECONDS).body()).contains("last");
            closing.get(60, TimeUnit.SECONDS);
        }
    }

    private boolean isRefused() {
        try (SocketChannel _ = Wire.connect(socket())) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whatOutlastsTheStopIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        RequestHandler hanging =
                _ -> {
                    arrived.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw CniException.tryAgain("the daemon stops");
                    }
                    return CniReply.empty();
                };
        Listener listener =
                Listener.open(
                        new Listener.Options(
                                socket(), 1, User.effective(), LONG, LONG, Duration.ofMillis(50)),
                        hanging);
        try (ExecutorService others = Executors.newCachedThreadPool()) {
            Future<Wire.Reply> call = others.submit(() -> call(frame("c1")));
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            listener.close();
            assertThat(call.get(60, TimeUnit.SECONDS).body()).contains("the daemon stops");
        }
    }

    @Test
    void aSecondDaemonIsRefusedAndTheFirstKeepsWorking() {
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            assertThatExceptionOfType(CniException.class)
                    .isThrownBy(() -> Listener.open(options(1), ListenerTest::echo))
                    .withMessageContaining("another daemon answers on " + socket());
            assertThat(call(frame("c1")).body()).contains("c1");
        }
    }

    @Test
    void whatADeadDaemonLeftIsReplaced() throws IOException {
        Files.createDirectories(socket().getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        try (Listener _ = Listener.open(options(1), ListenerTest::echo)) {
            assertThat(call(frame("c1")).body()).contains("c1");
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.createDirectories(socket().getParent());
        Files.writeString(socket(), "precious");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Listener.open(options(1), ListenerTest::echo))
                .withMessageContaining("is no socket");
        assertThat(socket()).hasContent("precious");
    }

    @Test
    void aPathThatDoesNotFitIsRefusedWithTheLimit() {
        Path far = directory.resolve("x".repeat(120));
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() ->
                        Listener.open(
                                new Listener.Options(far, 1, 0, LONG, LONG, LONG),
                                ListenerTest::echo))
                .withMessageContaining("107 octets");
    }
}
