package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
    @TempDir Path directory;

    private String write(String text) throws IOException {
        return Files.writeString(directory.resolve("plugin.json"), text).toString();
    }

    private SuiteRun misused(String conf) {
        return misused("--plugin", "/bin/false", "--conf", conf);
    }

    private static SuiteRun misused(String... arguments) {
        SuiteRun run = SuiteRun.of(arguments);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run;
    }

    @Test
    void help_tells_the_options_and_the_exit_status() {
        SuiteRun run = SuiteRun.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("--plugin", "--conf", "--cni-path", "--html", "a MUST is not kept");
    }

    @Test
    void without_a_plugin_the_usage_is_shown() {
        SuiteRun run = SuiteRun.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--plugin=BIN", "--conf=FILE");
    }

    @Test
    void a_configuration_that_cannot_be_used_is_named() throws IOException {
        assertThat(misused("/nowhere/plugin.json").err())
                .contains("/nowhere/plugin.json cannot be read");
        assertThat(misused(write("{")).err()).contains("plugin.json is not JSON");
        assertThat(misused(write("[]")).err()).contains("holds no JSON object");
        assertThat(misused(write("{\"cniVersion\": \"1.0.0\", \"type\": \"a\"}")).err())
                .contains("has no \"name\"");
        assertThat(
                        misused(
                                        write(
                                                """
                                                {"cniVersion": "1.0.0", "name": "n",
                                                 "plugins": [{"type": "a"}, {"type": "b"}]}
                                                """))
                                .err())
                .contains("is a list without a plugin of type \"false\"");
    }

    @Test
    void a_plugin_that_cannot_be_run_and_a_row_that_is_none_are_named() throws IOException {
        String conf = write("{\"cniVersion\": \"1.0.0\", \"name\": \"n\", \"type\": \"a\"}");

        assertThat(misused("--plugin", "/nowhere/bridge", "--conf", conf).err())
                .contains("--plugin /nowhere/bridge is no executable file");
        assertThat(misused("--plugin", conf, "--conf", conf).err())
                .contains("plugin.json is no executable file");
        assertThat(misused("--plugin", "/bin/false", "--conf", conf, "--rows", "C1,C999").err())
                .contains("profile cni has no row C999, but C1, ");
    }
}
