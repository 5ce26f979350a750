package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay conformance` of the installed tree, which has what it needs and no test library.
@Tag("kernel")
class InstalledConformanceTest {
    @TempDir Path work;

    private String[] command(String... before) throws IOException {
        Path config =
                Files.writeString(
                        work.resolve("net.conf"),
                        """
                        {"cniVersion": "1.0.0", "name": "net", "type": "bridge", "bridge": "br-net",
                         "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.1.0.0/24"}]]}}
                        """);
        List<String> line = new ArrayList<>(List.of(before));
        line.addAll(
                List.of(
                        Checkout.dist().resolve("bin/patchbay").toString(),
                        "conformance",
                        "--plugin",
                        "/usr/lib/cni/bridge",
                        "--conf",
                        config.toString(),
                        "--rows",
                        "C12"));
        return line.toArray(String[]::new);
    }

    @Test
    void certifiesAPluginOnANodeOfItsOwn() throws IOException {
        assertThat(Witness.here().run(command())).contains("CONFORMANT: 1 passed");
    }

    @Test
    void saysWithoutRootThatItTakesRoot() throws IOException {
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));

        Witness.Said said =
                Witness.here().attempt(command("setpriv", "--reuid", "65534", "--clear-groups"));

        assertThat(said.output()).contains("takes root; this is uid 65534");
        assertThat(said.status()).isEqualTo(2);
    }

    @Test
    void hasNoTestLibraryInTheDaemon() throws IOException {
        try (var jars = Files.list(Checkout.dist().resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(jar -> jar.matches("(junit|assertj|opentest4j|byte-buddy).*"));
        }
    }
}
