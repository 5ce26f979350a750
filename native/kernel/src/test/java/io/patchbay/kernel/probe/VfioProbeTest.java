package io.patchbay.kernel.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.device.PciAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps a function from being driven, on machines on paper.
class VfioProbeTest {
    private static final String FUNCTION = "0000:01:10.0";
    private static final String NEIGHBOUR = "0000:01:10.2";

    @TempDir Path root;

    @BeforeEach
    void functions() throws IOException {
        function(FUNCTION);
        function(NEIGHBOUR);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(target));
    }

    private void function(String address) throws IOException {
        for (String name : new String[] {"vendor", "device", "class"}) {
            write("sys/bus/pci/devices/%s/%s".formatted(address, name), "0x8086\n");
        }
    }

    private void bound(String address, String driver) throws IOException {
        link("sys/bus/pci/devices/%s/driver".formatted(address), "../../drivers/" + driver);
    }

    private void grouped(String... addresses) throws IOException {
        for (String address : addresses) {
            Files.createDirectories(root.resolve("sys/kernel/iommu_groups/12/devices/" + address));
            link(
                    "sys/bus/pci/devices/%s/iommu_group".formatted(address),
                    root.resolve("sys/kernel/iommu_groups/12").toString());
        }
    }

    private String whyNot() {
        Finding finding = VfioProbe.probe(root, PciAddress.parse(FUNCTION));
        assertThat(finding.isUsable()).isFalse();
        return finding.sentence();
    }

    @Test
    void aFunctionThatIsNotThere() {
        assertThat(VfioProbe.probe(root, PciAddress.parse("0000:09:00.0")))
                .isEqualTo(Finding.unusable("this machine has no PCI function 0000:09:00.0"));
    }

    @Test
    void anotherDriverAndNone() throws IOException {
        assertThat(whyNot()).isEqualTo("it is bound to no driver, and not to vfio-pci");

        bound(FUNCTION, "igbvf");
        assertThat(whyNot()).isEqualTo("it is bound to driver igbvf, and not to vfio-pci");
    }

    @Test
    void noIommu() throws IOException {
        bound(FUNCTION, "vfio-pci");

        assertThat(whyNot()).contains("no IOMMU group", "intel_iommu=on");
    }

    @Test
    void aMemberOfItsGroupWithAnotherDriver() throws IOException {
        bound(FUNCTION, "vfio-pci");
        bound(NEIGHBOUR, "igbvf");
        grouped(FUNCTION, NEIGHBOUR);

        assertThat(whyNot())
                .isEqualTo(
                        "it shares IOMMU group 12 with 0000:01:10.2, which driver igbvf has: bind them to vfio-pci too");
    }

    @Test
    void aMemberThatDoesNoHarmAndNodesThatAreMissing() throws IOException {
        bound(FUNCTION, "vfio-pci");
        bound(NEIGHBOUR, "pcieport");
        grouped(FUNCTION, NEIGHBOUR);
        assertThat(whyNot()).contains("there is no node " + root.resolve("dev/vfio/vfio"));

        write("dev/vfio/vfio", "");
        assertThat(whyNot()).contains("there is no node " + root.resolve("dev/vfio/12"));

        write("dev/vfio/12", "");
        assertThat(whyNot())
                .as("a file is no vfio")
                .contains("vfio refuses it: ask vfio for its version");
    }
}
