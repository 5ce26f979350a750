package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.machine.PaperMachine;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserSpaceTest {
    private static final String ONE = "0000:01:10.0";
    private static final String TWO = "0000:01:10.2";

    @TempDir Path root;
    private PaperMachine machine;
    private Pci pci;

    @BeforeEach
    void lay() {
        machine =
                new PaperMachine(root)
                        .function(ONE, "8086:10ca", 5)
                        .function(TWO, "8086:10ca", 5)
                        .bound(ONE, "igbvf");
        pci = Kernel.pci(root);
    }

    private void ask() {
        UserSpace.refuseUnviable(pci, pci.get(PciAddress.parse(ONE)));
    }

    @Test
    void aGroupWhoseOthersHaveNoDriverOrVfiosIsViable() {
        assertThatCode(this::ask).doesNotThrowAnyException();
        machine.bound(TWO, "vfio-pci");
        assertThatCode(this::ask).doesNotThrowAnyException();
    }

    @Test
    void aGroupOfWhichAnotherDriverHasAMemberIsRefusedByItsNumberAndThatMember() {
        machine.bound(TWO, "igbvf");
        assertThatThrownBy(this::ask)
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(ONE, "IOMMU group 5", TWO);
    }

    @Test
    void withoutAnIommuItIsRefused() throws Exception {
        Files.delete(machine.path(ONE, "iommu_group"));
        assertThatThrownBy(this::ask)
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(ONE, "no IOMMU group");
    }

    @Test
    void withoutTheDriverItIsRefused() throws Exception {
        Path driver = root.resolve("sys/bus/pci/drivers/vfio-pci");
        Files.delete(driver.resolve("unbind"));
        Files.delete(driver);
        assertThatThrownBy(this::ask)
                .isInstanceOf(CniException.class)
                .hasMessageContaining("modprobe vfio-pci");
    }

    @Test
    void aFunctionOnVfioOrUioIsDrivenByAProcess() {
        assertThat(pci.get(PciAddress.parse(ONE)).isForUserSpace()).isFalse();
        machine.unbound(ONE).bound(ONE, "uio_pci_generic");
        assertThat(pci.get(PciAddress.parse(ONE)).isForUserSpace()).isTrue();
    }
}
