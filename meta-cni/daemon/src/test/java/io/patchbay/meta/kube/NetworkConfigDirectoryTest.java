package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkConfigDirectoryTest {
    private static final String ONE =
            "{\"cniVersion\": \"1.0.0\", \"name\": \"%s\", \"type\": \"%s\"}";
    private static final String LIST =
            "{\"cniVersion\": \"1.0.0\", \"name\": \"%s\"%s, \"plugins\": [{\"type\": \"%s\"}]}";

    @TempDir Path directory;

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<String> types(String network) {
        NetworkConfigList found = new NetworkConfigDirectory(directory).find(network).orElseThrow();
        return found.plugins().stream().map(PluginConfig::type).toList();
    }

    private void assertRefused(Standard code, String network, String... words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> types(network))
                .matches(refusal -> refusal.code() == code)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void lists_come_before_single_plugins_and_each_by_its_file_name() throws IOException {
        file("10-a.conf", ONE.formatted("red", "conf-first"));
        file("20-b.json", ONE.formatted("red", "json"));
        file("90-c.conflist", LIST.formatted("red", "", "list"));
        file("30-d.conf", ONE.formatted("blue", "conf"));
        file("20-e.json", ONE.formatted("blue", "json-first"));
        file("99-f.txt", ONE.formatted("green", "text"));

        assertThat(types("red")).containsExactly("list");
        assertThat(types("blue")).containsExactly("json-first");
        assertThat(new NetworkConfigDirectory(directory).find("green")).isEmpty();
        assertThat(new NetworkConfigDirectory(directory.resolve("none")).find("red")).isEmpty();
    }

    @Test
    void a_neighbour_that_cannot_be_read_is_no_obstacle() throws IOException {
        file("00-broken.conflist", "{\"name\": \"red\"");
        file("01-list.conf", "[]");
        file("50-a.conf", ONE.formatted("red", "conf"));

        assertThat(types("red")).containsExactly("conf");
    }

    @Test
    void a_file_of_that_name_that_cannot_be_used_is_refused() throws IOException {
        file("10-a.conf", "{\"cniVersion\": \"1.0.0\", \"name\": \"red\"}");
        file("10-b.conf", "{\"cniVersion\": \"7\", \"name\": \"blue\", \"type\": \"x\"}");

        assertRefused(Standard.INVALID_NETWORK_CONFIG, "red", "10-a.conf", "\"type\"");
        assertRefused(Standard.INCOMPATIBLE_VERSION, "blue", "7");
    }

    @Test
    void c6_plugins_of_other_files_follow_the_inlined_ones_unless_they_alone_are_wanted()
            throws IOException {
        file("10-a.conflist", LIST.formatted("red", "", "inlined"));
        file("red/20-z.conf", "{\"type\": \"second\"}");
        file("red/10-y.conf", "{\"type\": \"first\"}");
        file("red/30-x.txt", "{\"type\": \"text\"}");
        file("20-b.conflist", LIST.formatted("blue", ", \"loadOnlyInlinedPlugins\": true", "own"));
        file("blue/10.conf", "{\"type\": \"ignored\"}");
        file("30-c.conflist", "{\"cniVersion\": \"1.0.0\", \"name\": \"bare\"}");
        file("bare/10.conf", "{\"type\": \"only\"}");
        file(
                "40-d.conflist",
                "{\"cniVersion\": \"1.0.0\", \"name\": \"none\", \"loadOnlyInlinedPlugins\": true}");

        assertThat(types("red")).containsExactly("inlined", "first", "second");
        assertThat(types("blue")).containsExactly("own");
        assertThat(types("bare")).containsExactly("only");
        assertRefused(
                Standard.INVALID_NETWORK_CONFIG,
                "none",
                "40-d.conflist",
                "\"loadOnlyInlinedPlugins\"");
    }
}
