package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.AncillarySocket;
import io.patchbay.kernel.User;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Descriptors that come along, sent by another program.
@Tag("kernel")
@Timeout(300)
class DescriptorTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String SEND =
            """
            import os, socket, sys
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.connect(sys.argv[1])
            frame = bytes.fromhex(sys.argv[2])
            files = [os.open(path, os.O_RDONLY) for path in sys.argv[3:]]
            socket.send_fds(connection, [frame[:5]], files)
            connection.sendall(frame[5:])
            sys.stdout.buffer.write(connection.recv(4096))
            """;

    @TempDir Path directory;

    private String send(RequestHandler handler, boolean announced, Path... files)
            throws IOException {
        Path socket = directory.resolve("cni.sock");
        byte[] frame = Wire.frame(Map.of("CNI_CONTAINERID", "c1"), "{}", 0);
        frame[7] = (byte) (announced ? 1 : 0);
        var options = new Listener.Options(socket, 1, User.effective(), LONG, LONG, LONG);
        try (Listener _ = Listener.open(options, handler)) {
            var command =
                    Stream.concat(
                            Stream.of(
                                    "python3",
                                    "-c",
                                    SEND,
                                    socket.toString(),
                                    HexFormat.of().formatHex(frame)),
                            Stream.of(files).map(Path::toString));
            Process sender =
                    new ProcessBuilder(command.toList())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static CniReply say(String words) {
        return CniReply.failure(CniException.tryAgain(words), CniVersion.NEWEST);
    }

    /// Whether the process has the file open.
    private static boolean isOpen(Path file) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    private Path file(String name) throws IOException {
        return Files.createFile(directory.resolve(name)).toRealPath();
    }

    @Test
    void aDescriptorArrivesAndIsTheTakersToClose() throws IOException {
        Path file = file("netns");
        RequestHandler taker =
                request -> {
                    OptionalInt taken = request.takeDescriptor();
                    assertThat(request.takeDescriptor()).isEmpty();
                    try {
                        return say(
                                Files.readSymbolicLink(Path.of("/proc/self/fd/" + taken.getAsInt()))
                                        .toString());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        AncillarySocket.closeDescriptor(taken.getAsInt());
                    }
                };
        assertThat(send(taker, true, file)).contains(file.toString());
        assertThat(isOpen(file)).isFalse();
    }

    @Test
    void whatNobodyTakesIsClosed() throws IOException {
        Path file = file("netns");
        RequestHandler idle = request -> say("idle");
        assertThat(send(idle, true, file)).contains("idle");
        assertThat(isOpen(file)).isFalse();
    }

    @Test
    void whatWasNotAnnouncedAndWhatIsTooMuchIsClosed() throws IOException {
        Path first = file("first");
        Path second = file("second");
        RequestHandler counter =
                request -> say(request.takeDescriptor().isPresent() ? "one" : "none");
        assertThat(send(counter, false, first, second)).contains("none");
        assertThat(isOpen(first)).isFalse();
        assertThat(isOpen(second)).isFalse();
    }

    @Test
    void aRequestMaySayThatADescriptorComesAndSendNone() throws IOException {
        RequestHandler counter =
                request -> say(request.takeDescriptor().isPresent() ? "one" : "none");
        assertThat(send(counter, true)).contains("none");
    }
}
