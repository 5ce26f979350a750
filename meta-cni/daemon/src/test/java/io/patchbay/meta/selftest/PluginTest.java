package io.patchbay.meta.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginTest {
    @TempDir Path directory;

    private Plugin plugin(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("plugin"), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return new Plugin(file, Map.of("CNI_PATH", "/opt/cni/bin"));
    }

    @Test
    void itGetsEnvironmentAndConfigurationAndItsAnswerIsKept() throws IOException {
        Answer answer =
                plugin("echo $CNI_PATH $CNI_COMMAND; cat; exit 3")
                        .call(Map.of("CNI_COMMAND", "STATUS"), Plugin.configuration());
        assertThat(answer)
                .isEqualTo(
                        new Answer(
                                3,
                                """
                                /opt/cni/bin STATUS
                                {"cniVersion":"1.1.0","name":"patchbay","type":"patchbay"}\
                                """));
    }

    @Test
    void aPluginThatReadsNothingIsHeardAllTheSame() throws IOException {
        ObjectNode more = Plugin.configuration().put("filler", "x".repeat(200_000));
        assertThat(plugin("echo said").call(Map.of(), more)).isEqualTo(new Answer(0, "said\n"));
        assertThat(plugin("echo patchbay 1.2: it is").usage()).isEqualTo("patchbay 1.2: it is\n");
    }
}
