package io.patchbay.shim;

import static io.patchbay.shim.Shim.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A DEL that the daemon does not answer succeeds, and waits in the spool.
final class SpoolTest {

    private static final String BUILDS = "io.patchbay.shim.Shim#builds";
    private static final Shim.Ended SUCCESS = new Shim.Ended(0, "", "");

    @TempDir Path folder;

    private Path socket() {
        return folder.resolve("s");
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Shim del(Path binary) {
        return Shim.of(binary, "DEL")
                .attachment("c1", "eth0")
                .reading("{}")
                .at(socket())
                .keepingIn(state());
    }

    private List<Path> spooled() throws Exception {
        try (Stream<Path> files = Files.list(state().resolve("spool"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void what_is_kept_is_the_frame_without_a_descriptor(Path binary) throws Exception {
        assertThat(del(binary).with("CNI_NETNS", "/proc/self/ns/net").run()).isEqualTo(SUCCESS);
        Path file = spooled().getFirst();
        assertThat(file.getFileName().toString()).matches("0\\d{19}-\\d+\\.del");
        Request kept;
        try (var channel = Files.newByteChannel(file)) {
            kept = Request.read(channel);
            assertThat(channel.position()).isEqualTo(channel.size());
        }
        assertThat(kept.entries())
                .containsExactlyInAnyOrder(
                        "CNI_COMMAND=DEL",
                        "CNI_CONTAINERID=c1",
                        "CNI_IFNAME=eth0",
                        "CNI_NETNS=/proc/self/ns/net",
                        "");
        assertThat(kept.header())
                .isEqualTo(
                        ByteBuffer.allocate(Request.HEADER)
                                .putInt(0x50424159)
                                .putShort((short) 1)
                                .putShort((short) 0)
                                .putInt(30_000)
                                .putInt(kept.environment().remaining())
                                .putInt(2)
                                .putInt(kept.checksumOfBody())
                                .flip());
        assertThat(Request.bytes(kept.stdin())).asString().isEqualTo("{}");
    }

    @Test
    void the_directories_are_made_for_their_owner_only() throws Exception {
        del(Shim.RELEASE).run();
        for (Path directory : List.of(state(), state().resolve("spool"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only(spooled()))))
                .isEqualTo("rw-------");
    }

    @Test
    void every_del_is_kept_and_the_names_sort_by_time() throws Exception {
        for (String id : List.of("c1", "c2", "c3")) {
            del(Shim.RELEASE).with("CNI_CONTAINERID", id).run();
        }
        List<String> order =
                spooled().stream().sorted().map(SpoolTest::text).map(SpoolTest::id).toList();
        assertThat(order).containsExactly("c1", "c2", "c3");
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(String text) {
        return text.replaceAll("(?s).*CNI_CONTAINERID=([^\0]*)\0.*", "$1");
    }

    private static Path only(List<Path> files) {
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_del_that_a_silent_daemon_took_is_kept_too(Path binary) throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.silent())) {
            assertThat(del(binary).within(300).run()).isEqualTo(SUCCESS);
            assertThat(daemon.request().entries()).contains("CNI_COMMAND=DEL");
        }
        assertThat(text(only(spooled()))).startsWith("PBAY");
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_daemon_that_came_up_meanwhile_is_asked_once_more(Path binary) throws Exception {
        try (FakeDaemon daemon =
                new FakeDaemon(
                        socket(), FakeDaemon.hangingUp(), FakeDaemon.answering(0, "not for DEL"))) {
            Shim del = del(binary).with("CNI_NETNS", "/proc/self/ns/net");
            assertThat(del.run()).isEqualTo(SUCCESS);
            Request request = daemon.request();
            assertThat(request.deadline()).isBetween(1, 1000);
            assertThat(request.flags()).isEqualTo(1);
        }
        assertThat(spooled()).isEmpty();
    }

    @Test
    void what_the_second_try_does_not_do_stays_in_the_spool() throws Exception {
        try (FakeDaemon daemon =
                new FakeDaemon(socket(), FakeDaemon.hangingUp(), FakeDaemon.answering(1, "busy"))) {
            assertThat(del(Shim.RELEASE).run()).isEqualTo(SUCCESS);
            assertThat(daemon.waiting()).isEqualTo(1);
        }
        assertThat(spooled()).hasSize(1);
    }

    @Test
    void an_answer_that_cannot_be_believed_is_no_answer() throws Exception {
        ByteBuffer cut = FakeDaemon.reply(0, new byte[9]).limit(20);
        try (FakeDaemon daemon =
                new FakeDaemon(socket(), FakeDaemon.sending(cut), FakeDaemon.sending(cut))) {
            assertThat(del(Shim.RELEASE).run()).isEqualTo(SUCCESS);
            assertThat(daemon.waiting()).isEqualTo(2);
        }
        assertThat(spooled()).hasSize(1);
    }

    @Test
    void a_del_that_the_daemon_refused_is_its_answer_and_not_kept() throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(1, "refused"))) {
            assertThat(del(Shim.RELEASE).run()).isEqualTo(new Shim.Ended(1, "refused", ""));
            assertThat(daemon.waiting()).isEqualTo(1);
        }
        assertThat(state()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "CNI_CONTAINERID,CNI_CONTAINERID",
        "CNI_IFNAME,CNI_IFNAME",
        "both,CNI_CONTAINERID and CNI_IFNAME"
    })
    void a_del_without_a_name_is_refused_and_not_kept(String missing, String named)
            throws Exception {
        Shim del = del(Shim.RELEASE).without(missing);
        if (missing.equals("both")) {
            del = del.without("CNI_CONTAINERID").with("CNI_IFNAME", "");
        }
        String message =
                "DEL lacks "
                        + named
                        + " in the environment; the runtime must set what names the attachment";
        assertThat(del.run())
                .isEqualTo(new Shim.Ended(1, error(4, message, "No such file or directory"), ""));
        assertThat(state()).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_spool_that_cannot_be_written_is_an_error(Path binary) throws Exception {
        Files.createDirectory(state());
        Files.createFile(state().resolve("spool"));
        assertThat(del(binary).run()).isEqualTo(unwritable(state(), "Not a directory"));
        Path nowhere = folder.resolve("no/such/place");
        assertThat(del(binary).keepingIn(nowhere).run())
                .isEqualTo(unwritable(nowhere, "No such file or directory"));
        Path deep = folder.resolve("d/".repeat(2100) + "d");
        assertThat(del(binary).keepingIn(deep).run().stdout())
                .contains("\"code\":11")
                .contains("ame too long");
    }

    static Shim.Ended unwritable(Path state, String reason) {
        String message =
                "the Patchbay daemon gave no answer, and the DEL of CNI_CONTAINERID=c1"
                        + " CNI_IFNAME=eth0 could not be kept for it in "
                        + state
                        + "/spool: "
                        + reason
                        + "; make it writable or start the daemon, then try again";
        return new Shim.Ended(1, error(11, message, reason), "");
    }
}
