package io.patchbay.kit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.kernel.Kernel;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Plain;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.KernelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsPciTest {
    private static final String CARD = "0000:01:00.0";
    private static final PciAddress PHYSICAL = PciAddress.parse(CARD);
    private static final PciAddress SECOND = PciAddress.parse("0000:01:00.2");

    @TempDir private Path root;
    private PaperMachine machine;
    private Pci pci;

    @BeforeEach
    void lay() {
        machine =
                new PaperMachine(root)
                        .function(CARD, "8086:10c9", 1)
                        .physical(CARD, 7, 3)
                        .bound(CARD, "igb")
                        .networkLink(CARD, "ens1", 4)
                        .write(CARD, "numa_node", "1");
        pci = Kernel.pci(root);
    }

    @Test
    void aPhysicalFunctionKnowsItsVirtualOnes() {
        PciFunction card = pci.get(PHYSICAL);
        assertThat(card.vendor()).isEqualTo(0x8086);
        assertThat(card.device()).isEqualTo(0x10c9);
        assertThat(card.code()).isEqualTo(0x020000);
        assertThat(card.isBoundTo("igb")).isTrue();
        assertThat(card.override()).isEmpty();
        assertThat(card.numaNode()).hasValue(1);
        assertThat(card.links()).containsExactly(new NetworkLink(4, "ens1"));
        assertThat(card.kind())
                .isEqualTo(
                        new Physical(
                                7,
                                true,
                                new java.util.TreeMap<>(
                                        Map.of(
                                                0, PciAddress.parse("0000:01:00.1"),
                                                1, SECOND,
                                                2, PciAddress.parse("0000:01:00.3")))));
    }

    @Test
    void aVirtualFunctionKnowsWhoseItIsAndItsNumber() {
        assertThat(pci.get(SECOND).kind()).isEqualTo(new Virtual(PHYSICAL, 1));
        assertThat(pci.get(SECOND).numaNode()).isEmpty();
        assertThat(pci.get(SECOND).driver()).isEmpty();
    }

    @Test
    void aLinkOfAVirtioFunctionIsOnTheBusBehindIt() {
        machine.function("0000:00:03.0", "1af4:1041", 3)
                .bound("0000:00:03.0", "virtio-pci")
                .write("0000:00:03.0", "virtio1/net/ens3/ifindex", "2");
        assertThat(pci.get(PciAddress.parse("0000:00:03.0")).links())
                .containsExactly(new NetworkLink(2, "ens3"));
    }

    @Test
    void theOthersOfAGroupAndItsNodeAreTold() {
        machine.function("0000:02:00.0", "8086:1521", 11).vfio("11");
        PciFunction second = pci.get(SECOND);
        assertThat(second.iommuGroup())
                .contains(
                        new IommuGroup(
                                11, new TreeSet<>(List.of(PciAddress.parse("0000:02:00.0")))));
        assertThat(second.vfioNode()).contains("/dev/vfio/11");
        assertThat(pci.get(PciAddress.parse("0000:02:00.0")).kind()).isEqualTo(new Plain());
        assertThat(pci.get(PHYSICAL).vfioNode()).isEmpty();
    }

    @Test
    void withoutAnIommuTheNodeIsVfiosOwn() {
        machine.vfio("noiommu-12");
        assertThat(pci.get(PciAddress.parse("0000:01:00.3")).vfioNode())
                .contains("/dev/vfio/noiommu-12");
    }

    @Test
    void allOfThemAreTold() {
        assertThat(pci.functions())
                .extracting(function -> function.address().value())
                .containsExactly(CARD, "0000:01:00.1", "0000:01:00.2", "0000:01:00.3");
        assertThat(Kernel.pci(root.resolve("none")).functions()).isEmpty();
        assertThat(pci.find(PciAddress.parse("0000:09:00.0"))).isEmpty();
    }

    @Test
    void aChangeIsOneWriteToItsFile() {
        pci.apply(new PciChange.SetVirtualFunctions(PHYSICAL, 0));
        assertThat(machine.read(CARD, "sriov_numvfs")).startsWith("0");
        pci.apply(new PciChange.SetAutoprobe(PHYSICAL, false));
        assertThat(machine.read(CARD, "sriov_drivers_autoprobe")).startsWith("0");
        pci.apply(new PciChange.SetOverride(SECOND, Optional.of("vfio-pci")));
        assertThat(pci.get(SECOND).override()).contains("vfio-pci");
        pci.apply(new PciChange.Probe(SECOND));
        assertThat(machine.bus("drivers_probe")).isEqualTo(SECOND.value());
        pci.apply(new PciChange.Unbind(PHYSICAL));
        assertThat(machine.bus("drivers/igb/unbind")).isEqualTo(CARD);
    }

    @Test
    void aRefusalNamesTheFileTheValueAndTheKernelsWords() {
        KernelException refusal =
                catchThrowableOfType(
                        KernelException.class, () -> pci.apply(new PciChange.Unbind(SECOND)));
        assertThat(refusal.errno()).isEqualTo(KernelException.ENOENT);
        assertThat(refusal)
                .hasMessageContainingAll(
                        "write \"0000:01:00.2\"", "0000:01:00.2/driver/unbind", "ENOENT");
    }

    @Test
    void aDriverThatIsNotLoadedIsRefusedBeforeAnything() {
        assertThatThrownBy(() -> pci.bind(SECOND, "uio_pci_generic"))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("modprobe uio_pci_generic");
        assertThat(machine.read(SECOND.value(), "driver_override")).isEqualTo("(null)");
    }

    @Test
    void aDriverThatDidNotTakeItIsToldOf() {
        assertThatThrownBy(() -> pci.bind(SECOND, "vfio-pci"))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.ENODEV))
                .hasMessageContaining("bind 0000:01:00.2 to vfio-pci");
    }

    @Test
    void moreThanTheTotalAndAPlainFunctionAreRefusedBeforeAnything() {
        assertThatThrownBy(() -> pci.setVirtualFunctions(PHYSICAL, 8))
                .hasMessageContaining("ERANGE")
                .hasMessageContaining("7");
        assertThatThrownBy(() -> pci.setVirtualFunctions(SECOND, 1))
                .hasMessageContaining("no physical function");
        assertThat(machine.read(CARD, "sriov_numvfs")).isEqualTo("3");
    }

    @Test
    void anAddressHasItsDomain() {
        assertThatThrownBy(() -> PciAddress.parse("01:10.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0000:01:10.0");
        for (String bad : List.of("", "0000:01:10.8", "0000:01:20.0", "0000:01:1G.0", "vf2")) {
            assertThatThrownBy(() -> PciAddress.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + bad + "\"");
        }
        assertThat(PciAddress.parse("10000:e1:00.0")).hasToString("10000:e1:00.0");
    }
}
