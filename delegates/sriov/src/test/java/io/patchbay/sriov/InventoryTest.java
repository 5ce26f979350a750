package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.machine.PaperMachine;
import io.patchbay.spi.device.Pci;
import io.patchbay.sriov.Loan.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `patchbay vf` prints of a machine on paper.
class InventoryTest {
    private static final String CARD = "0000:01:00.0";
    private static final String FIRST = "0000:01:00.1";
    private static final String SECOND = "0000:01:00.2";
    private static final String THIRD = "0000:01:00.3";

    @TempDir private Path root;
    private PaperMachine machine;
    private Pci pci;

    @BeforeEach
    void lay() {
        machine =
                new PaperMachine(root)
                        .function("0000:00:03.0", "1af4:1041", 9)
                        .function(CARD, "8086:10c9", 1)
                        .physical(CARD, 7, 3)
                        .bound(CARD, "igb")
                        .networkLink(CARD, "ens1", 4)
                        .write(CARD, "numa_node", "1")
                        .bound(FIRST, "igbvf")
                        .networkLink(FIRST, "ens1v0", 5)
                        .bound(SECOND, "vfio-pci");
        pci = Kernel.pci(root);
    }

    private List<String> rows(Loan... loans) {
        return Inventory.of(pci.functions(), List.of(loans)).table().rows().stream()
                .map(row -> String.join(" ", row))
                .toList();
    }

    @Test
    void everyPhysicalFunctionStandsBeforeItsVirtualOnes() {
        assertThat(rows())
                .containsExactly(
                        CARD + " - " + CARD + " ens1 igb free - - 1 1 yes",
                        CARD + " 0 " + FIRST + " ens1v0 igbvf free - - - 10 yes",
                        CARD + " 1 " + SECOND + " - vfio-pci vfio - - - 11 yes",
                        CARD + " 2 " + THIRD + " - - no driver - - - 12 yes");
    }

    @Test
    void ownersAreNamedWhateverBecameOfTheirs() {
        machine.bound(THIRD, "igbvf");
        assertThat(
                        rows(
                                BookOfLoans.loan(SECOND, Mode.USER_SPACE),
                                BookOfLoans.loan(THIRD, Mode.LINK),
                                BookOfLoans.loan("0000:01:00.7", Mode.LINK)))
                .contains(
                        CARD + " 1 " + SECOND + " - vfio-pci lent core/amf-0 net1 - 11 yes",
                        CARD + " 2 " + THIRD + " - igbvf lent core/amf-0 net1 - 12 yes",
                        "- - 0000:01:00.7 - - lost core/amf-0 net1 - - -");
    }

    @Test
    void whatAPodHadAndHasNoMoreIsLost() {
        assertThat(
                        rows(
                                BookOfLoans.loan(FIRST, Mode.USER_SPACE),
                                BookOfLoans.loan(SECOND, Mode.LINK),
                                BookOfLoans.loan(THIRD, Mode.LINK)))
                .filteredOn(row -> row.contains(" lost core/amf-0 net1 "))
                .hasSize(3);
    }

    @Test
    void whoeverSharesTheGroupWithAnothersDriverIsNothingForVfio() {
        machine.function("0000:02:00.0", "8086:1521", 10).bound("0000:02:00.0", "igb");
        assertThat(rows()).anyMatch(row -> row.endsWith("10 shared with 0000:02:00.0"));
    }

    @Test
    void itFollowsWhatHappensToTheMachine() {
        assertThat(rows().get(3)).contains("no driver");
        machine.bound(THIRD, "igbvf");
        assertThat(rows().get(3)).contains(" igbvf no link ");
        machine.networkLink(THIRD, "ens1v2", 7);
        assertThat(rows().get(3)).contains(" ens1v2 igbvf free ");
    }
}
