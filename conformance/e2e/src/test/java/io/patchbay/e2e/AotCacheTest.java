package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AOT cache of the tree as `make install` puts it elsewhere.
class AotCacheTest {
    private static final String FROM_THE_CACHE =
            "io.patchbay.meta.run.Main source: shared objects file";

    @TempDir Path root;
    private Path prefix;

    @BeforeEach
    void install() {
        prefix = root.resolve("opt/patchbay");
        run(
                Checkout.root().resolve("tools/install").toString(),
                Checkout.dist().toString(),
                root.toString(),
                "/opt/patchbay",
                "/opt/cni/bin",
                "/units");
    }

    private static String run(String... command) {
        return Witness.here().run(command);
    }

    private String version(String options) {
        return run(
                "env",
                "PATCHBAY_JAVA_OPTIONS=" + options,
                prefix.resolve("bin/patchbay").toString(),
                "--version");
    }

    @Test
    void anInstalledTreeLoadsItsClassesFromTheCache() {
        assertThat(version("-Xlog:class+load")).contains(FROM_THE_CACHE);
    }

    @Test
    void anotherJarLeavesTheCacheAsideWithoutAWord() {
        run("sh", "-ec", "touch %s/lib/picocli-*.jar".formatted(prefix));
        assertThat(version("-Xlog:class+load")).doesNotContain(FROM_THE_CACHE);
        assertThat(version("")).matches("patchbay \\S+\\s*");
    }

    @Test
    void aTreeWithoutACacheDoesWithoutIt() {
        run("rm", prefix.resolve("lib/patchbay.aot").toString());
        assertThat(version("")).matches("patchbay \\S+\\s*");
    }
}
