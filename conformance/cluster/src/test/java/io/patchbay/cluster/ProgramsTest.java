package io.patchbay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tools/kubernetes`, on a machine whose go tells nothing.
class ProgramsTest {
    @TempDir private Path directory;
    private Path bin;
    private Path assets;

    @BeforeEach
    void leaveGoOut() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        assets = Files.createDirectory(directory.resolve("assets"));
        provide(bin, "go");
    }

    @Test
    void the_assets_are_taken_where_they_hold_all_that_is_asked_for() throws Exception {
        provide(assets, "etcd", "kube-apiserver", "kubectl");
        assertThat(kubernetes()).isEqualTo("0 " + assets + "\n");
    }

    @Test
    void without_go_it_says_what_to_install_or_to_set() throws Exception {
        provide(assets, "etcd", "kube-apiserver");
        assertThat(kubernetes("etcd", "kubelet"))
                .startsWith("1 Go is missing: install golang-go")
                .contains("$KUBEBUILDER_ASSETS set to a directory with etcd kubelet");
    }

    private void provide(Path where, String... names) throws IOException {
        var executable = PosixFilePermissions.fromString("rwxr-xr-x");
        for (String name : names) {
            Files.createFile(where.resolve(name), PosixFilePermissions.asFileAttribute(executable));
        }
    }

    /// Its status and what it said.
    private String kubernetes(String... programs) throws Exception {
        var builder =
                new ProcessBuilder(SourceTree.file("tools/kubernetes").toString())
                        .redirectErrorStream(true);
        builder.command().addAll(List.of(programs));
        builder.environment().clear();
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().put("KUBEBUILDER_ASSETS", assets.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
