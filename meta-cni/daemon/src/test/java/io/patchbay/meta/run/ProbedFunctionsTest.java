package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.spi.device.PciAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbedFunctionsTest {
    private static final String SRIOV =
            """
            {"type": "sriov", "tables": [
              {"name": "functions", "columns": ["ADDRESS", "DRIVER", "POD", "IFNAME"], "rows": [
                {"ADDRESS": "0000:01:10.0", "DRIVER": "igbvf", "POD": "-", "IFNAME": "-"},
                {"ADDRESS": "0000:01:10.2", "DRIVER": "vfio-pci", "POD": "core/a", "IFNAME": "net1"},
                {"ADDRESS": "0000:01:10.4", "DRIVER": "vfio-pci", "POD": "-", "IFNAME": "-"},
                {"ADDRESS": "0000:01:10.6", "DRIVER": "vfio-pci", "POD": "-", "IFNAME": "-"},
                {"ADDRESS": "0000:01:11.0", "DRIVER": "vfio-pci", "POD": "-", "IFNAME": "-"}]},
              {"name": "declared", "columns": ["ADDRESS"], "rows": [{"ADDRESS": "0000:01:10.4"}]}]}\
            """;
    private static final String ANSWER = "{\"types\": [%s]}".formatted(SRIOV);
    private static final String ALL =
            """
            {"types": [%s, {"type": "host-device", "tables": [
              {"name": "devices", "columns": ["DEVICE", "POD", "IFNAME"], "rows": [
                {"DEVICE": "0000:01:11.0", "POD": "core/b", "IFNAME": "net2"}]}]}]}
            """
                    .formatted(SRIOV);

    private final List<String> touched = new ArrayList<>();

    private ProbedFunctions probed(String... asked) {
        return ProbedFunctions.of(ANSWER, ALL, List.of(asked), this::probe);
    }

    private Finding probe(PciAddress address) {
        touched.add(address.value());
        return address.value().endsWith("4")
                ? Finding.usable("well")
                : Finding.unusable("it is busy");
    }

    @Test
    void thoseOnVfioThatNoPodHasAreTried() {
        ProbedFunctions probed = probed();

        assertThat(ShownTables.read(probed.json()).text())
                .isEqualTo(
                        """
                        sriov functions
                        ADDRESS       DRIVER    POD     IFNAME  USABLE
                        0000:01:10.0  igbvf     -       -       -
                        0000:01:10.2  vfio-pci  core/a  net1    in use by core/a (net1)
                        0000:01:10.4  vfio-pci  -       -       yes: well
                        0000:01:10.6  vfio-pci  -       -       no: it is busy
                        0000:01:11.0  vfio-pci  -       -       in use by core/b (net2)

                        sriov declared
                        ADDRESS
                        0000:01:10.4
                        """);
        assertThat(touched).containsExactly("0000:01:10.4", "0000:01:10.6");
        assertThat(probed.allUsable()).isFalse();
        assertThat(probed.missing()).isEmpty();
    }

    @Test
    void thoseThatAreAskedForAreTriedWhateverTheirDriver() {
        ProbedFunctions probed = probed("0000:01:10.0", "0000:01:10.2", "0000:09:00.0");

        assertThat(touched).as("a pod's is not touched").containsExactly("0000:01:10.0");
        assertThat(probed.missing()).containsExactly("0000:09:00.0");
        assertThat(probed("0000:01:10.4").allUsable()).isTrue();
    }
}
