package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.CniReply;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> ASKED = Map.of("PATCHBAY_COMMAND", "show");

    @TempDir Path directory;

    private Path socket() {
        return directory.resolve("cni.sock");
    }

    private Listener listener(RequestHandler handler) throws IOException {
        long own = ((Number) Files.getAttribute(directory, "unix:uid")).longValue();
        return Listener.open(
                new Listener.Options(socket(), 1, own, PATIENCE, PATIENCE, PATIENCE), handler);
    }

    @Test
    void aRequestIsFramedAsThePluginBinaryDoes() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATCHBAY_COMMAND", "show");
        environment.put("PATCHBAY_TYPE", "ä=b");
        ByteBuffer octets = Frames.request(environment, Duration.ofSeconds(5));
        byte[] frame = new byte[octets.remaining()];
        octets.get(frame);
        assertThat(frame).isEqualTo(Wire.frame(environment, "", 5000));
        assertThat(Frames.file(frame).environment()).isEqualTo(environment);
    }

    @Test
    void anAnswerComesBackAsItWasGivenHoweverLong() throws IOException {
        String text = "ä".repeat(1 << 20);
        try (Listener _ = listener(request -> CniReply.of(request.environment().size(), text))) {
            CniReply reply = Client.call(socket(), ASKED, PATIENCE);
            assertThat(reply.status()).isEqualTo(1);
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }

    @Test
    void aDaemonThatIsAwayIsToldInASentence() throws IOException {
        refusal(ASKED, PATIENCE, "no daemon is there: nothing listens on " + socket());
        Files.writeString(socket(), "");
        refusal(ASKED, PATIENCE, "no daemon answers on " + socket());
    }

    private void refusal(Map<String, String> environment, Duration patience, String words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Client.call(socket(), environment, patience))
                .matches(refusal -> refusal.code() == Standard.IO_FAILURE)
                .withMessageContaining(words);
    }

    /// A daemon that says these octets to whoever comes, and no more.
    private void whereItSays(byte[] octets, boolean ends, Runnable test) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()));
            Thread daemon =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (SocketChannel channel = server.accept()) {
                                    channel.read(ByteBuffer.allocate(1000));
                                    channel.write(ByteBuffer.wrap(octets));
                                    if (!ends) {
                                        channel.read(ByteBuffer.allocate(1));
                                    }
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            test.run();
            daemon.join();
        }
    }

    @Test
    void anAnswerThatIsNoneIsRefused() throws Exception {
        byte[] reply = Frames.reply(CniReply.of(0, "text")).array();
        byte[] other = reply.clone();
        other[3] = 'X';
        whereItSays(other, true, () -> refusal(ASKED, PATIENCE, "a reply begins with 0x50424158"));
        Files.delete(socket());
        byte[] torn = reply.clone();
        torn[torn.length - 1] = 'X';
        whereItSays(torn, true, () -> refusal(ASKED, PATIENCE, "its checksum is"));
        Files.delete(socket());
        byte[] endless = reply.clone();
        endless[8] = 0x7f;
        whereItSays(
                endless, true, () -> refusal(ASKED, PATIENCE, "its reply has 2130706436 octets"));
    }

    @Test
    void anAnswerThatIsCutOffOrDoesNotComeIsRefused() throws Exception {
        byte[] half = new byte[9];
        System.arraycopy(Frames.reply(CniReply.of(0, "text")).array(), 0, half, 0, half.length);
        whereItSays(half, true, () -> refusal(ASKED, PATIENCE, "ended its answer after 9 of 16"));
        Files.delete(socket());
        whereItSays(
                half,
                false,
                () -> refusal(ASKED, Duration.ofMillis(50), "did not answer within 50 ms"));
    }
}
