package io.patchbay.shim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the installed file is.
final class BinaryTest {

    @Test
    void it_is_small() throws Exception {
        assertThat(Files.size(Shim.RELEASE)).isLessThanOrEqualTo(32_768);
    }

    @Test
    void it_needs_no_library_of_the_node() throws Exception {
        assertThat(readelf("-l")).contains("LOAD").doesNotContain("INTERP", "DYNAMIC");
        assertThat(readelf("-d")).doesNotContain("NEEDED");
    }

    @Test
    void it_has_no_executable_stack() throws Exception {
        assertThat(readelf("-lW")).containsPattern("GNU_STACK .* RW +0x");
    }

    private static String readelf(String option) throws Exception {
        Path file = Shim.RELEASE.toAbsolutePath();
        Process process = new ProcessBuilder("readelf", option, file.toString()).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }
}
