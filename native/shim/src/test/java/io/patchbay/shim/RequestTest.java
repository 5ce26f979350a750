package io.patchbay.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What arrives at the daemon, and what comes back to the runtime.
final class RequestTest {

    private static final String BUILDS = "io.patchbay.shim.Shim#builds";

    @TempDir Path folder;

    private Path socket() {
        return folder.resolve("s");
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_request_is_the_golden_bytes_but_for_the_time_that_remains(Path binary) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, ""))) {
            Shim.of(binary, "ADD").reading("{\"a\":1}").at(socket()).run();
            Request request = daemon.request();
            byte[] header = Request.bytes(request.header().putInt(8, 0));
            // python3: zlib.crc32(b'CNI_COMMAND=ADD\0{"a":1}') is 0xeb75a5d5
            assertThat(HexFormat.of().formatHex(header))
                    .isEqualTo("504241590001000000000000" + "0000001000000007eb75a5d5");
            assertThat(Request.bytes(request.environment()))
                    .asString()
                    .isEqualTo("CNI_COMMAND=ADD\0");
            assertThat(Request.bytes(request.stdin())).asString().isEqualTo("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void the_environment_is_that_of_cni_only(Path binary) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, ""))) {
            Shim.of(binary, "CHECK")
                    .attachment("c1", "eth0")
                    .with("CNI_ARGS", "K8S_POD_NAME=å;x==\n\"")
                    .with("CNI_PATH", "")
                    .with("NOT_CNI_PATH", "/opt")
                    .with("cni_path", "/opt")
                    .within(5000)
                    .at(socket())
                    .run();
            assertThat(daemon.request().entries())
                    .containsExactlyInAnyOrder(
                            "CNI_COMMAND=CHECK",
                            "CNI_CONTAINERID=c1",
                            "CNI_IFNAME=eth0",
                            "CNI_ARGS=K8S_POD_NAME=å;x==\n\"",
                            "CNI_PATH=",
                            "");
        }
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_megabyte_of_configuration_arrives_whole(Path binary) throws Exception {
        arrivesWhole(binary, 1 << 20);
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void four_megabytes_are_not_too_many(Path binary) throws Exception {
        arrivesWhole(binary, 4 << 20);
    }

    private void arrivesWhole(Path binary, int length) throws Exception {
        byte[] configuration = new byte[length];
        new Random(7).nextBytes(configuration);
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, "done"))) {
            Shim.Ended ended = Shim.of(binary, "ADD").reading(configuration).at(socket()).run();
            Request request = daemon.request();
            assertThat(Request.bytes(request.stdin())).isEqualTo(configuration);
            assertThat(request.checksum()).isEqualTo(request.checksumOfBody());
            assertThat(ended).isEqualTo(new Shim.Ended(0, "done", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({"ADD,60000", "CHECK,60000", "GC,60000", "DEL,30000", "STATUS,2000", "VERSION,2000"})
    void every_verb_has_a_deadline_of_its_own(String command, int milliseconds) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, ""))) {
            Shim.of(Shim.RELEASE, command).at(socket()).run();
            assertThat(daemon.request().deadline()).isBetween(milliseconds / 2, milliseconds);
        }
        Files.delete(socket());
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, ""))) {
            Shim.of(Shim.RELEASE, command).within(milliseconds + 90_000).at(socket()).run();
            assertThat(daemon.request().deadline())
                    .isBetween(milliseconds + 1, milliseconds + 90_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"/proc/self/ns/net,1", "/proc/self/ns/gone,0", "'',0"})
    void a_flag_says_whether_a_namespace_comes_along(String netns, int flags) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, ""))) {
            Shim.of(Shim.RELEASE, "ADD").with("CNI_NETNS", netns).at(socket()).run();
            assertThat(daemon.request().flags()).isEqualTo(flags);
        }
    }

    @Test
    void a_fifo_for_a_namespace_holds_nothing_up() throws Exception {
        Path fifo = folder.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, "refused"))) {
            Shim.Ended ended =
                    Shim.of(Shim.RELEASE, "ADD")
                            .with("CNI_NETNS", fifo.toString())
                            .at(socket())
                            .run();
            assertThat(ended.stdout()).isEqualTo("refused");
            assertThat(daemon.request().flags()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,'{\"ips\":[]}'", "1,'{\"code\":3}'", "255,''"})
    void the_answer_is_passed_on_as_it_is(int status, String body) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(status, body))) {
            Shim.Ended ended = Shim.of(Shim.RELEASE, "DEL").at(socket()).run();
            assertThat(ended).isEqualTo(new Shim.Ended(status, body, ""));
            assertThat(daemon.request().magic()).isEqualTo(0x50424159);
        }
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void an_answer_of_sixteen_megabytes_is_passed_on(Path binary) throws Exception {
        String body = "x".repeat(16 << 20);
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(0, body))) {
            Shim.Ended ended = Shim.of(binary, "ADD").at(socket()).run();
            assertThat(ended.stdout().equals(body)).isTrue();
            assertThat(daemon.waiting()).isEqualTo(1);
        }
    }

    @Test
    void a_refusal_sent_before_the_request_was_read_is_passed_on() throws Exception {
        FakeDaemon.Treatment early =
                (daemon, connection) ->
                        connection.write(FakeDaemon.reply(1, new byte[] {'n', 'o'}));
        try (FakeDaemon daemon = new FakeDaemon(socket(), early)) {
            Shim.Ended ended =
                    Shim.of(Shim.RELEASE, "ADD").reading(new byte[2 << 20]).at(socket()).run();
            assertThat(ended).isEqualTo(new Shim.Ended(1, "no", ""));
            assertThat(daemon.waiting()).isZero();
        }
    }
}
