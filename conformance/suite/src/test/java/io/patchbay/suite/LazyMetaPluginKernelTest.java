package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Meta plugins that do nothing of what the multi-network specification asks: every row that asks
/// it fails.
@Tag("kernel")
class LazyMetaPluginKernelTest {
    @TempDir Path directory;

    private SuiteRun certify(String script) throws IOException {
        Path plugin = Files.writeString(directory.resolve("lazy"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path conf =
                Files.writeString(
                        directory.resolve("plugin.json"),
                        "{\"cniVersion\": \"1.0.0\", \"name\": \"lazy\", \"type\": \"lazy\"}");
        Path manifests = Files.createDirectories(directory.resolve("manifests"));
        SuiteRun run =
                SuiteRun.of(
                        "--profile",
                        "multi-network",
                        "--plugin",
                        plugin.toString(),
                        "--conf",
                        conf.toString(),
                        "--manifests",
                        manifests.toString());
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(manifests).isEmptyDirectory();
        return run;
    }

    @Test
    void one_that_refuses_everything_fails_every_row() throws IOException {
        SuiteRun run =
                certify(
                        "echo '{\"cniVersion\": \"1.0.0\", \"code\": 11, \"msg\": \"later\"}'; exit"
                                + " 1");

        assertThat(run.verdicts().values()).doesNotContain("passed");
        assertThat(Collections.frequency(run.verdicts().values(), "FAILED")).isEqualTo(37);
        assertThat(run.why("N1"))
                .isEqualTo("ADD of eth0 is to succeed, and ended with 1: code 11, \"later\"");
    }

    @Test
    void one_that_succeeds_without_work_keeps_no_row() throws IOException {
        SuiteRun run = certify("echo '{\"cniVersion\": \"1.0.0\"}'");

        assertThat(run.why("N1"))
                .isEqualTo("the pod is to have the links [eth0, net1], and has []");
        assertThat(run.verdicts())
                .containsEntry("N7", "FAILED")
                .containsEntry("N13", "FAILED")
                .containsEntry("N15", "FAILED")
                .containsEntry("N20", "FAILED")
                .containsEntry("N23", "FAILED")
                .containsEntry("N25", "FAILED")
                .containsEntry("N28", "FAILED")
                .containsEntry("N33", "FAILED")
                .containsEntry("C80", "FAILED")
                .doesNotContainValue("passed");
        assertThat(run.out()).doesNotContain("could not be carried out");
    }
}
