package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugins that do the worst: each is rows that fail with a sentence, and a report all the same.
@Tag("kernel")
class HostilePluginKernelTest {
    private static final String VERSIONS =
            "{\"cniVersion\": \"1.0.0\", \"supportedVersions\": [\"1.0.0\", \"1.1.0\"]}";

    @TempDir Path directory;
    private Path configuration;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        configuration =
                Files.writeString(
                        directory.resolve("plugin.json"),
                        "{\"cniVersion\": \"1.0.0\", \"name\": \"hostile\", \"type\":"
                                + " \"hostile\"}");
    }

    private Path plugin(String script) throws IOException {
        Path plugin = Files.writeString(directory.resolve("hostile"), "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// @param seconds that a call may take
    private SuiteRun certify(Path plugin, int seconds) {
        SuiteRun run =
                SuiteRun.of(
                        "--plugin",
                        plugin.toString(),
                        "--conf",
                        configuration.toString(),
                        "--deadline",
                        Integer.toString(seconds));
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.verdicts()).hasSize(102).containsEntry("C29", "FAILED");
        assertThat(run.out()).contains("NOT CONFORMANT").doesNotContain("could not be carried out");
        return run;
    }

    private SuiteRun certify(String script) throws IOException {
        return certify(plugin(script), 60);
    }

    @Test
    void one_that_prints_nothing_has_an_empty_result() throws IOException {
        assertThat(certify("exit 0").why("C14"))
                .isEqualTo("stdout of ADD of eth0 is empty, where a JSON object is expected");
    }

    @Test
    void one_that_hangs_is_killed() throws IOException {
        assertThat(certify(plugin("exec sleep 1000"), 1).why("C29"))
                .isEqualTo("ADD of eth0 did not end in time, and was killed");
    }

    @Test
    void one_that_writes_100_megabytes_is_cut_off() throws IOException {
        assertThat(certify("exec head -c 100000000 /dev/zero").why("C29"))
                .isEqualTo("ADD of eth0 printed more than 4 MiB, and was killed");
    }

    @Test
    void one_that_dies_by_a_signal_is_told_which() throws IOException {
        assertThat(certify("kill -SEGV $$").why("C29"))
                .isEqualTo("ADD of eth0 was ended by signal 11");
    }

    @Test
    void one_that_lies_about_its_versions_is_held_to_them() throws IOException {
        SuiteRun run =
                certify(
                        """
                        [ "$CNI_COMMAND" = VERSION ] && { echo '%s'; exit; }
                        echo '{"cniVersion": "1.0.0", "code": 1, "msg": "I speak nothing"}'; exit 1
                        """
                                .formatted(VERSIONS));

        assertThat(run.verdicts()).containsEntry("C63", "passed");
        assertThat(run.why("C93"))
                .isEqualTo(
                        "ADD of eth0 is to succeed, and ended with 1: code 1, \"I speak nothing\"");
    }

    @Test
    void one_that_prints_no_json_is_quoted() throws IOException {
        assertThat(certify("echo hello from the plugin").why("C14"))
                .contains("stdout of ADD of eth0 is not one JSON object")
                .contains("\"hello from the plugin\"");
    }

    @Test
    void one_that_prints_garbage_behind_its_json_is_found() throws IOException {
        assertThat(certify("echo '{\"cniVersion\": \"1.0.0\"} done'").why("C14"))
                .contains("stdout of ADD of eth0 is not one JSON object");
    }

    @Test
    void one_that_prints_a_key_twice_is_found() throws IOException {
        assertThat(
                        certify("echo '{\"cniVersion\": \"1.0.0\", \"cniVersion\": \"1.0.0\"}'")
                                .why("C14"))
                .contains("Duplicate field 'cniVersion'");
    }

    @Test
    void one_that_ends_with_success_after_an_error_is_found() throws IOException {
        assertThat(
                        certify("echo '{\"cniVersion\": \"1.0.0\", \"code\": 7, \"msg\": \"no\"}'")
                                .why("C14"))
                .contains("ADD of eth0 ended with 0 and printed an error");
    }

    @Test
    void one_that_fails_without_an_error_is_found() throws IOException {
        assertThat(certify("exit 3").why("C29"))
                .contains("ADD of eth0 is to succeed, and ended with 3")
                .contains("the error of ADD of eth0 on stdout is empty");
    }

    @Test
    void one_that_is_no_program_is_told_so() throws IOException {
        // What execs it takes it for a shell script, as execvp(3) does.
        Path plugin = Files.write(directory.resolve("hostile"), new byte[] {1, 2, 3, 4});
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(certify(plugin, 60).why("C29"))
                .contains("ADD of eth0 is to succeed, and ended with 127");
    }
}
