package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manifests of `examples/userspace`, as an operator tries them before they are applied.
class UserspaceExampleTest {
    private static final String PODS = "../../examples/userspace/two-pods.yaml";

    @TempDir Path directory;

    private String config() throws IOException {
        return Files.writeString(
                        directory.resolve("patchbay.yaml"),
                        """
                        manifests: %s
                        defaultNetwork: {type: bridge, bridge: primary}
                        """
                                .formatted(directory))
                .toString();
    }

    @Test
    void itIsValid() throws IOException {
        assertThat(CommandRun.of("validate", config(), PODS))
                .isEqualTo(new CommandRun(0, "the files are fine\n", ""));
    }

    @Test
    void eachPodGetsItsEndOfTheWireAsItsSecondInterface() throws IOException {
        CommandRun output = CommandRun.of("explain", "--config", config(), PODS);

        assertThat(output.status()).as(output.toString()).isZero();
        assertThat(output.out())
                .containsPattern("net1 +core/wire-server .*vhost-user +in process")
                .containsPattern("net1 +core/wire-client .*vhost-user +in process");
    }
}
