package io.patchbay.sriov;

import static io.patchbay.sriov.DeclaredFunctionTest.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.device.Pci;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Declared virtual functions on the stock kernel's first SR-IOV card.
@Tag("stock-kernel")
class DeclarationsStockKernelTest {
    private static final String CARD = "0000:01:00.0";
    private static final String FILES = "/sys/bus/pci/devices/" + CARD;

    private final Witness node = Witness.here();
    private final Pci pci = Kernel.ofThisMachine().pci();
    private final Loans loans = BookOfLoans.of();

    private Declarations declare(DeclaredFunction declared) {
        return new Declarations(
                List.of(declared), pci, Kernel.ofThisMachine().host(), loans, new Queues());
    }

    private String shell(String script) {
        return node.run("sh", "-ec", script).strip();
    }

    @AfterEach
    void takeThemAway() {
        shell(
                "echo 0 > %s/sriov_numvfs; ip link set $(ls %s/net) mtu 1500"
                        .formatted(FILES, FILES));
    }

    @Test
    void aCardBecomesWhatIsDeclaredAndIsMadeSoAgain() {
        shell("modprobe vfio-pci");
        Declarations declarations = declare(declared(CARD, "", 3, "vfio-pci", 1400));

        declarations.apply();

        assertThat(declarations.outcomes().getFirst().verdict())
                .isEqualTo(new Verdict.AsDeclared());
        String state =
                "cat %1$s/sriov_numvfs %1$s/net/*/mtu; for i in 0 1 2; do basename $(readlink %1$s/virtfn$i/driver); done"
                        .formatted(FILES);
        assertThat(shell(state).lines())
                .containsExactly("3", "1400", "vfio-pci", "vfio-pci", "vfio-pci");

        shell("echo 0 > %1$s/sriov_numvfs; echo 2 > %1$s/sriov_numvfs".formatted(FILES));
        declarations.apply();
        assertThat(shell(state).lines()).startsWith("3").endsWith("vfio-pci");
        assertThat(Inventory.of(pci.functions(), loans.all()).table().rows())
                .filteredOn(row -> row.getFirst().equals(CARD))
                .extracting(row -> row.get(InventoryRow.COLUMNS.indexOf("STATE")))
                .containsExactly("free", "vfio", "vfio", "vfio");
    }

    @Test
    void aFunctionThatVanishesFromAPodIsShownAsLost() {
        shell("echo 2 > %s/sriov_numvfs".formatted(FILES));
        Loan _ = loans.begin(BookOfLoans.loan("0000:01:10.2", Loan.Mode.LINK));
        assertThat(Inventory.of(pci.functions(), loans.all()).lost()).isEmpty();

        shell("echo 0 > %s/sriov_numvfs".formatted(FILES));

        assertThat(Inventory.of(pci.functions(), loans.all()).lost())
                .extracting(loan -> loan.device().value())
                .containsExactly("0000:01:10.2");
    }
}
