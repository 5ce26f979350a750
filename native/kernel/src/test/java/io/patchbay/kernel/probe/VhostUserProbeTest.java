package io.patchbay.kernel.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.probe.FakeBackEnd.Manners;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class VhostUserProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;
    private Path socket;

    @BeforeEach
    void name() {
        socket = directory.resolve("vhost.sock");
    }

    private Finding probe(Manners manners, Duration patience) throws IOException {
        try (FakeBackEnd _ = FakeBackEnd.at(socket, manners)) {
            return VhostUserProbe.probe(socket, patience);
        }
    }

    @Test
    void aBackEndThatAnswersIsUsable() throws IOException {
        assertThat(probe(FakeBackEnd.proper(0x1_4000_8000L, 0x3, 4), PATIENCE))
                .isEqualTo(
                        Finding.usable(
                                "a vhost-user back-end answers: features 0x140008000, protocol features 0x3, 4 queue pairs"));
    }

    @Test
    void aBackEndWithoutProtocolFeaturesIsNotAskedForThem() throws IOException {
        assertThat(probe(FakeBackEnd.proper(0x8000, 0, 0), PATIENCE))
                .isEqualTo(Finding.usable("a vhost-user back-end answers: features 0x8000"));
    }

    @Test
    void aGuestThatWaitsItselfIsToldApart() throws IOException {
        Finding finding = probe(guest -> FakeBackEnd.send(guest, 3, 1, 0), PATIENCE);

        assertThat(finding.isUsable()).isFalse();
        assertThat(finding.sentence()).contains("a guest waits there itself", "client=1");
    }

    @Test
    void whatSpeaksSomethingElseIsSaidToDoSo() throws IOException {
        Finding finding =
                probe(
                        guest ->
                                guest.write(
                                        ByteBuffer.wrap(
                                                "HTTP/1.1 400 Bad Request\r\n\r\n"
                                                        .getBytes(StandardCharsets.US_ASCII))),
                        PATIENCE);

        assertThat(finding.isUsable()).isFalse();
        assertThat(finding.sentence()).contains("speaks no vhost-user: request 1347703880");
    }

    @Test
    void anAnswerOfNonsenseSizeIsNotWaitedFor() throws IOException {
        Finding finding =
                probe(
                        guest -> {
                            ByteBuffer message =
                                    ByteBuffer.allocate(12).order(java.nio.ByteOrder.nativeOrder());
                            guest.write(message.putInt(1).putInt(5).putInt(-1).flip());
                        },
                        PATIENCE);

        assertThat(finding.sentence()).contains("speaks no vhost-user", "size 4294967295");
    }

    @Test
    void whoHangsUpIsSaidToDoSo() throws IOException {
        Finding finding = probe(guest -> {}, PATIENCE);

        assertThat(finding.isUsable()).isFalse();
        assertThat(finding.sentence()).contains("whoever listens hangs up at once");
    }

    @Test
    void whoAnswersHalfAMessageHangsUpToo() throws IOException {
        Finding finding =
                probe(guest -> guest.write(ByteBuffer.wrap(new byte[] {1, 0, 0, 0})), PATIENCE);

        assertThat(finding.sentence()).contains("whoever listens hangs up at once");
    }

    @Test
    void silenceEndsAtTheDeadline() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        Finding finding;
        try (FakeBackEnd _ = FakeBackEnd.at(socket, guest -> await(end))) {
            finding = VhostUserProbe.probe(socket, Duration.ofMillis(200));
            end.countDown();
        }

        assertThat(finding.isUsable()).isFalse();
        assertThat(finding.sentence()).contains("no answer within 200 ms");
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFileThatIsLeftOverHasNobodyBehindIt() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        assertThat(VhostUserProbe.probe(socket, PATIENCE).sentence())
                .contains("nobody listens: the file is left over");
    }

    @Test
    void whatIsNoSocketIsNotConnectedTo() throws IOException {
        assertThat(VhostUserProbe.probe(socket, PATIENCE))
                .isEqualTo(Finding.unusable("there is no such file"));

        Files.writeString(socket, "x");
        assertThat(VhostUserProbe.probe(socket, PATIENCE))
                .isEqualTo(Finding.unusable("it is no socket"));

        assertThat(VhostUserProbe.probe(directory.resolve("x".repeat(108)), PATIENCE).sentence())
                .contains("107 octets");
    }
}
