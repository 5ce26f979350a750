package io.patchbay.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyPci;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyPciTest {
    private static final PciAddress FUNCTION = PciAddress.parse("0000:01:10.0");

    private final Faults faults = new Faults();
    @TempDir private Path root;
    private Pci pci;

    @BeforeEach
    void lay() throws IOException {
        Path function = root.resolve("sys/bus/pci/devices/" + FUNCTION);
        Files.createDirectories(function);
        Files.createDirectories(root.resolve("sys/bus/pci/drivers/vfio-pci"));
        for (String id : List.of("vendor", "device", "class")) {
            Files.writeString(function.resolve(id), "0x1\n");
        }
        Files.writeString(function.resolve("driver_override"), "(null)\n");
        Files.writeString(root.resolve("sys/bus/pci/drivers_probe"), "");
        pci = new FaultyPci(Kernel.pci(root), faults);
    }

    @Test
    void everyWriteOfABindingIsACallOfItsOwn() {
        assertThatThrownBy(() -> pci.bind(FUNCTION, "vfio-pci"))
                .hasMessageContaining("did not take it");
        assertThat(faults.calls())
                .filteredOn(call -> call.contains("["))
                .hasSize(2)
                .satisfiesExactly(
                        call -> assertThat(call).startsWith("SetOverride"),
                        call -> assertThat(call).startsWith("Probe"));
    }

    @Test
    void aCallThatFailsWritesNothing() throws IOException {
        faults.arm(new Fault.FailOnce(1));
        assertThatThrownBy(() -> pci.apply(new PciChange.Probe(FUNCTION)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("fault rig");
        assertThat(root.resolve("sys/bus/pci/drivers_probe")).isEmptyFile();
        pci.apply(new PciChange.Probe(FUNCTION));
        assertThat(root.resolve("sys/bus/pci/drivers_probe")).hasContent(FUNCTION.value());
    }
}
