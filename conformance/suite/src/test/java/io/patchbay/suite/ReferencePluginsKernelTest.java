package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The CNI project's own plugins, Debian's 1.1.1 and the project's 1.9.1, against the verdicts that
/// are known of them. `verdicts` says why each that fails is right to.
@Tag("kernel")
class ReferencePluginsKernelTest {
    private static final Map<String, String> WORDS =
            Map.of("+", "passed", "F", "FAILED", ".", "n/a");

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "macvlan", "ptp", "host-local", "static", "tuning"})
    void debians_has_the_known_defects_and_no_others(String plugin) throws IOException {
        certify(Path.of("/usr/lib/cni", plugin), "1.0.0", "debian");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "macvlan", "ptp", "host-local", "static", "tuning"})
    void the_newest_has_the_known_defects_and_no_others(String plugin) throws IOException {
        certify(ReferencePlugins.newest().resolve(plugin), "1.1.0", "1.9.1");
    }

    private void certify(Path binary, String version, String column) throws IOException {
        String plugin = binary.getFileName().toString();
        Path conf =
                Files.writeString(
                        directory.resolve("plugin.json"),
                        ReferencePlugins.configuration(plugin, version));

        SuiteRun run =
                SuiteRun.of(List.of("--plugin", binary.toString(), "--conf", conf.toString()));

        assertThat(run.verdicts())
                .as(run.out())
                .isEqualTo(expected(plugin, column, run.verdicts()));
        assertThat(run.status()).isEqualTo(1);
    }

    /// Rows that the table does not list are of no concern to any of these plugins.
    private static Map<String, String> expected(
            String plugin, String column, Map<String, String> found) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        found.keySet().forEach(row -> expected.put(row, "n/a"));
        List<String> lines = lines();
        List<String> heads = List.of(lines.getFirst().split(" +", -1));
        int at = heads.indexOf(column + "/" + plugin);
        assertThat(at).as("%s in %s", plugin, heads).isPositive();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(" +", -1);
            expected.put(cells[0], Objects.requireNonNull(WORDS.get(cells[at])));
        }
        return expected;
    }

    private static List<String> lines() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(
                        ReferencePluginsKernelTest.class.getResourceAsStream("verdicts"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
