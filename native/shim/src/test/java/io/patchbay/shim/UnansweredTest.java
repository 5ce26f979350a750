package io.patchbay.shim;

import static io.patchbay.shim.Shim.error;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the verbs other than DEL answer when the daemon does not, or not in a way to be believed.
final class UnansweredTest {

    private static final String VERSIONS =
            "{\"cniVersion\":\"1.1.0\",\"supportedVersions\":"
                    + "[\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]}\n";

    @TempDir Path folder;

    private Path socket() {
        return folder.resolve("s");
    }

    private String away(int code, String command, String details) {
        return error(
                code,
                "the Patchbay daemon is not running: nobody listens on its socket "
                        + socket()
                        + ", so "
                        + command
                        + " was not done; start the daemon, then try again",
                details);
    }

    @ParameterizedTest
    @CsvSource({"ADD,11", "CHECK,11", "GC,11", "STATUS,50"})
    void without_a_socket_the_daemon_is_away(String command, int code) throws Exception {
        for (Path binary : Shim.builds().toList()) {
            assertThat(Shim.of(binary, command).at(socket()).run())
                    .isEqualTo(
                            new Shim.Ended(
                                    1, away(code, command, "No such file or directory"), ""));
        }
    }

    @ParameterizedTest
    @CsvSource({"ADD,11", "CHECK,11", "GC,11", "STATUS,50"})
    void with_a_socket_that_nobody_listens_on_it_is_away_too(String command, int code)
            throws Exception {
        new FakeDaemon(socket()).close();
        assertThat(Shim.of(Shim.RELEASE, command).at(socket()).run())
                .isEqualTo(new Shim.Ended(1, away(code, command, "Connection refused"), ""));
    }

    @ParameterizedTest
    @CsvSource({"ADD,11", "CHECK,11", "GC,11", "STATUS,50"})
    void a_silent_daemon_is_waited_for_until_the_deadline(String command, int code)
            throws Exception {
        for (Path binary : Shim.builds().toList()) {
            try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.silent())) {
                assertThat(Shim.of(binary, command).at(socket()).within(300).run())
                        .isEqualTo(
                                new Shim.Ended(
                                        1,
                                        hung(code, command, "it took the request and kept silent"),
                                        ""));
                assertThat(daemon.request().deadline()).isBetween(1, 300);
            }
            Files.delete(socket());
        }
    }

    private String hung(int code, String command, String details) {
        return error(
                code,
                ("the Patchbay daemon on %s did not answer %s within 300 ms;"
                                + " see what its log says, then try again")
                        .formatted(socket(), command),
                details);
    }

    @ParameterizedTest
    @CsvSource({"ADD,11", "STATUS,50"})
    void a_full_backlog_is_waited_for_until_the_deadline(String command, int code)
            throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket());
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address, 1);
            try (SocketChannel first = SocketChannel.open(address);
                    SocketChannel second = SocketChannel.open(address)) {
                assertThat(Shim.of(Shim.RELEASE, command).at(socket()).within(300).run().stdout())
                        .isEqualTo(hung(code, command, "it did not accept the connection"));
                assertThat(Shim.of(Shim.RELEASE, "VERSION").at(socket()).within(300).run().stdout())
                        .isEqualTo(VERSIONS);
                assertThat(first.isConnected() && second.isConnected()).isTrue();
            }
        }
    }

    @Test
    void a_daemon_that_does_not_take_a_long_request_is_given_up_at_the_deadline() throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.deaf())) {
            Shim add = Shim.of(Shim.RELEASE, "ADD").reading(new byte[4 << 20]);
            assertThat(add.at(socket()).within(300).run().stdout())
                    .isEqualTo(hung(11, "ADD", "it did not take the whole request"));
            assertThat(daemon.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.patchbay.shim.Shim#builds")
    void version_needs_no_daemon(Path binary) throws Exception {
        Shim version = Shim.of(binary, "VERSION").at(socket());
        Shim.Ended answer = new Shim.Ended(0, VERSIONS, "");
        assertThat(version.run()).isEqualTo(answer);
        try (FakeDaemon daemon =
                new FakeDaemon(
                        socket(),
                        FakeDaemon.hangingUp(),
                        FakeDaemon.answering(0, "its own"),
                        FakeDaemon.silent())) {
            assertThat(version.run()).isEqualTo(answer);
            assertThat(version.run().stdout()).isEqualTo("its own");
            assertThat(version.within(300).run()).isEqualTo(answer);
            assertThat(daemon.request().entries()).contains("CNI_COMMAND=VERSION");
            assertThat(daemon.request().entries()).contains("CNI_COMMAND=VERSION");
        }
    }

    static Stream<Arguments> flaws() {
        byte[] body = "body".getBytes(US_ASCII);
        byte[] whole = FakeDaemon.reply(0, body).array();
        int crc = ByteBuffer.wrap(whole).getInt(12);
        int magic = 0x50424152;
        int tooLong = (16 << 20) + 1;
        return Map.ofEntries(
                        Map.entry("nothing", ByteBuffer.allocate(0)),
                        Map.entry("half a header", ByteBuffer.wrap(Arrays.copyOf(whole, 8))),
                        Map.entry("no body", ByteBuffer.wrap(Arrays.copyOf(whole, 16))),
                        Map.entry("half a body", ByteBuffer.wrap(Arrays.copyOf(whole, 18))),
                        Map.entry(
                                "garbage",
                                ByteBuffer.wrap("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII))),
                        Map.entry("version 2", FakeDaemon.reply(magic, 2, 0, 4, crc, body)),
                        Map.entry("status 256", FakeDaemon.reply(magic, 1, 256, 4, crc, body)),
                        Map.entry("a wrong CRC", FakeDaemon.reply(magic, 1, 0, 4, crc ^ 1, body)),
                        Map.entry("a long body", FakeDaemon.reply(magic, 1, 0, tooLong, crc, body)),
                        Map.entry("-1 bytes", FakeDaemon.reply(magic, 1, 0, -1, crc, body)))
                .entrySet()
                .stream()
                .map(flaw -> Arguments.of(flaw.getKey(), flaw.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void an_answer_that_cannot_be_believed_is_not_passed_on(String flaw, ByteBuffer bytes)
            throws Exception {
        for (Path binary : Shim.builds().toList()) {
            try (FakeDaemon daemon =
                    new FakeDaemon(
                            socket(), FakeDaemon.sending(bytes), FakeDaemon.sending(bytes))) {
                Shim.Ended add = Shim.of(binary, "ADD").at(socket()).run();
                Shim.Ended status = Shim.of(binary, "STATUS").at(socket()).run();
                assertThat(add.stdout())
                        .as(flaw)
                        .startsWith(
                                "{\"cniVersion\":\"1.1.0\",\"code\":11,\"msg\":\"the answer to ADD"
                                        + " of the Patchbay daemon on "
                                        + socket())
                        .contains(reason(flaw));
                assertThat(status.stdout()).as(flaw).contains("\"code\":50").contains(reason(flaw));
                assertThat(add.status() + status.status()).isEqualTo(2);
                assertThat(daemon.waiting()).isEqualTo(2);
            }
            Files.delete(socket());
        }
    }

    private static String reason(String flaw) {
        return switch (flaw) {
            case "garbage" -> "does not begin with PBAR";
            case "version 2" -> "is a frame of another version than 1";
            case "status 256" -> "has an exit status above 255";
            case "a wrong CRC" -> "has a wrong checksum";
            case "a long body", "-1 bytes" -> "is longer than 16 MiB";
            default -> "was cut short";
        };
    }
}
