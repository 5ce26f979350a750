package io.patchbay.shim;

import static io.patchbay.shim.Shim.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the shim refuses by itself, before it looks for a daemon.
final class InputTest {

    private static final String BUILDS = "io.patchbay.shim.Shim#builds";
    private static final String VERBS = "ADD, CHECK, DEL, GC, STATUS, VERSION";

    @TempDir Path folder;

    private Shim shim(Path binary, String command) {
        return Shim.of(binary, command).at(folder.resolve("s")).keepingIn(folder.resolve("state"));
    }

    private static Shim.Ended refused(int code, String message) {
        return new Shim.Ended(1, error(code, message, ""), "");
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_command_must_be_set(Path binary) throws Exception {
        Shim.Ended refusal = refused(4, "CNI_COMMAND is not set; set it to one of " + VERBS);
        assertThat(shim(binary, "").run()).isEqualTo(refusal);
        assertThat(shim(binary, "").without("CNI_COMMAND").run()).isEqualTo(refusal);
        assertThat(shim(binary, "").run("--verbose")).isEqualTo(refusal);
        assertThat(shim(binary, "").run("--help", "me")).isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "add|add",
                "ADDS|ADDS",
                "`A \"B\" \\ C`|`A \\\"B\\\" \\\\ C`",
                "`line\nfeed\ttab`|`line\\u000afeed\\u0009tab`",
                "`\u0001\u001f\u007f`|`\\u0001\\u001f\u007f`",
                "`åß→😀/`|`åß→😀/`",
            })
    void an_unknown_command_is_quoted_as_json_wants_it(String command, String quoted)
            throws Exception {
        for (Path binary : Shim.builds().toList()) {
            assertThat(shim(binary, command).run())
                    .isEqualTo(
                            refused(
                                    4,
                                    "CNI_COMMAND="
                                            + quoted
                                            + " is unknown; set it to one of "
                                            + VERBS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\\377',\\ufffd",
        "'\\300\\200',\\ufffd\\ufffd",
        "'\\355\\240\\200',\\ufffd\\ufffd\\ufffd",
        "'\\364\\220\\200\\200',\\ufffd\\ufffd\\ufffd\\ufffd",
        "'\\342\\202',\\ufffd\\ufffd",
        "'a\\342\\202b',a\\ufffd\\ufffdb"
    })
    void bytes_that_are_no_text_are_replaced(String octal, String quoted) throws Exception {
        for (Path binary : Shim.builds().toList()) {
            // A JVM cannot set such an environment itself.
            Shim shim =
                    shim(binary, "")
                            .by("sh", "-c", "CNI_COMMAND=$(printf '" + octal + "') exec \"$0\"");
            assertThat(shim.run().stdout()).contains("\"msg\":\"CNI_COMMAND=" + quoted + " is ");
        }
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_long_value_is_cut(Path binary) throws Exception {
        assertThat(shim(binary, "\"".repeat(100_000)).run().stdout())
                .contains("CNI_COMMAND=" + "\\\"".repeat(256) + "… is unknown");
        assertThat(shim(binary, "\u0001".repeat(100_000)).run().stdout())
                .contains("\\u0001… is unknown")
                .endsWith("\"}\n");
        assertThat(shim(binary, "a" + "å".repeat(1000)).run().stdout())
                .contains("CNI_COMMAND=a" + "å".repeat(128) + "… is unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "3600001", "99999999999999999999", "2s", " 2"})
    void a_deadline_is_a_number_of_milliseconds(String deadline) throws Exception {
        assertThat(shim(Shim.RELEASE, "ADD").with("PATCHBAY_DEADLINE_MS", deadline).run())
                .isEqualTo(
                        refused(
                                4,
                                "PATCHBAY_DEADLINE_MS="
                                        + deadline
                                        + " is no number of milliseconds from 1 to 3600000;"
                                        + " correct or unset it"));
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void more_than_four_megabytes_are_too_many(Path binary) throws Exception {
        assertThat(shim(binary, "ADD").reading(new byte[(4 << 20) + 1]).run())
                .isEqualTo(
                        refused(
                                5,
                                "the network configuration on stdin of ADD is longer than the"
                                        + " limit of 4 MiB (4194304 bytes); shorten it"));
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_stdin_that_never_ends_is_given_up_at_the_deadline(Path binary) throws Exception {
        for (String command : new String[] {"ADD", "DEL", "STATUS"}) {
            Process process = shim(binary, command).attachment("c1", "eth0").within(300).start();
            process.getOutputStream().write('{');
            process.getOutputStream().flush();
            assertThat(Shim.end(process))
                    .isEqualTo(
                            refused(
                                    5,
                                    "stdin of "
                                            + command
                                            + " did not end within 300 ms; the runtime must close"
                                            + " it after the network configuration"));
            assertThat(folder.resolve("state")).doesNotExist();
        }
    }

    @Test
    void version_does_not_insist_on_a_stdin() throws Exception {
        Process process = shim(Shim.RELEASE, "VERSION").within(300).start();
        assertThat(Shim.end(process).stdout()).contains("supportedVersions");
    }

    @ParameterizedTest
    @MethodSource(BUILDS)
    void a_closed_stdin_or_stdout_is_an_error(Path binary) throws Exception {
        assertThat(shim(binary, "ADD").by("sh", "-c", "exec \"$0\" <&-").run())
                .isEqualTo(
                        new Shim.Ended(
                                1,
                                error(
                                        5,
                                        "stdin of ADD cannot be read: Bad file descriptor; the"
                                                + " runtime must pass the network configuration"
                                                + " there",
                                        "Bad file descriptor"),
                                ""));
        try (FakeDaemon daemon =
                new FakeDaemon(folder.resolve("s"), FakeDaemon.answering(0, "done"))) {
            assertThat(shim(binary, "ADD").by("sh", "-c", "exec \"$0\" >&-").run().status())
                    .as("a result that nobody got is no success")
                    .isEqualTo(1);
            assertThat(daemon.waiting()).isEqualTo(1);
        }
    }

    @Test
    void a_runtime_that_went_away_does_not_kill_it_by_a_signal() throws Exception {
        try (FakeDaemon daemon =
                new FakeDaemon(folder.resolve("s"), FakeDaemon.answering(0, "x".repeat(1 << 20)))) {
            Process process = shim(Shim.RELEASE, "ADD").start();
            process.getInputStream().close();
            process.getOutputStream().close();
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(daemon.waiting()).isEqualTo(1);
        }
    }

    @Test
    void a_socket_path_too_long_for_the_kernel_is_named() throws Exception {
        String path = "/" + "s".repeat(107);
        assertThat(shim(Shim.RELEASE, "DEL").with("PATCHBAY_SOCKET", path).run().stdout())
                .contains("\"code\":5")
                .contains("PATCHBAY_SOCKET=" + path + " is longer than the 107 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void a_person_is_told_what_it_is(String option) throws Exception {
        Shim.Ended ended = shim(Shim.RELEASE, "").run(option);
        assertThat(ended.status()).isZero();
        assertThat(ended.stdout())
                .startsWith("patchbay ")
                .contains("PATCHBAY_SOCKET", "PATCHBAY_STATE", "PATCHBAY_DEADLINE_MS", VERBS);
        assertThat(shim(Shim.RELEASE, "STATUS").run(option).stdout())
                .as("a runtime's call is a runtime's call")
                .contains("\"code\":50");
    }
}
