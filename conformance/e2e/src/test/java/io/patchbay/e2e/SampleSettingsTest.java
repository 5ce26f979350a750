package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sections of delegates in the distributed patchbay.yaml, which are a comment there.
class SampleSettingsTest {
    @TempDir private Path work;

    private static String uncommented() throws IOException {
        String text =
                Files.readString(
                        Checkout.root().resolve("meta-cni/daemon/src/main/dist/patchbay.yaml"));
        int section = text.indexOf("\n#delegates:\n");
        return text.substring(0, section).replace("\ndelegates: {}\n", "\n")
                + text.substring(section).replaceAll("(?m)^#", "");
    }

    @Test
    void itIsValidWithoutTheMarksOfAComment() throws IOException {
        Path file = Files.writeString(work.resolve("patchbay.yaml"), uncommented());

        Witness.Said said =
                Witness.here().attempt(Installation.program(), "validate", file.toString());

        assertThat(said.status()).as(said.output()).isZero();
    }

    @Test
    void itNamesEveryKey() throws ReflectiveOperationException, IOException {
        String all = uncommented();
        int userspace = all.indexOf("\n  vhost-user:\n");
        int tuning = all.indexOf("\n  tuning:\n");
        String sriov = all.substring(all.indexOf("\n  sriov:\n"), tuning);
        assertNames(all.substring(tuning, userspace), 4, "io.patchbay.chained.TuningSettings");
        assertNames(sriov, 4, "io.patchbay.sriov.SriovSettings");
        assertNames(sriov.replace("- ", "  "), 8, "io.patchbay.sriov.DeclaredFunction");
        String section = all.substring(all.indexOf("\n  vpc:\n"), all.indexOf("\n  sriov:\n"));
        assertNames(section, 4, "io.patchbay.vpc.VpcSettings");
        assertNames(section, 6, "io.patchbay.vpc.pool.PoolSettings");
        assertNames(section, 6, "io.patchbay.vpc.InterfaceSettings");
        assertNames(section, 6, "io.patchbay.vpc.EgressSettings");
        int memif = all.indexOf("\n  memif:");
        assertNames(all.substring(userspace, memif), 4, "io.patchbay.userspace.WireSettings");
        assertNames(all.substring(memif), 4, "io.patchbay.userspace.WireSettings");
    }

    private static void assertNames(String section, int indentation, String settings)
            throws ReflectiveOperationException {
        for (RecordComponent key : Class.forName(settings).getRecordComponents()) {
            assertThat(section)
                    .containsPattern("(?m)^#? {%d}%s:".formatted(indentation, key.getName()));
        }
    }
}
