package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.dpdk.pod.NetworkDevice.KernelLink;
import io.patchbay.dpdk.pod.NetworkDevice.Untold;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks of a pod that come without device-info.
class MatchingTest {
    private static final String FIRST = "0000:01:10.0";
    private static final String SECOND = "0000:01:10.1";

    @TempDir Path root;
    private PaperContainer container;

    @BeforeEach
    void machine() {
        container =
                PaperContainer.small(root)
                        .vfio(FIRST, "0", 12)
                        .vfio(SECOND, "0", 13)
                        .directory("/sys/class/net/eth0");
    }

    private void networks(String... names) {
        StringBuilder json =
                new StringBuilder(
                        "[{\"name\": \"cluster\", \"interface\": \"eth0\", \"default\": true}");
        for (String name : names) {
            json.append(", {\"name\": \"core/%s\", \"interface\": \"%s\"}".formatted(name, name));
        }
        container.status(json.append("]").toString());
    }

    @Test
    void oneNetworkLeftHasTheOneFunctionLeft() {
        networks("net1", "net2");
        container.directory("/sys/class/net/net2").variable("PCIDEVICE_A", FIRST);

        PodDevices devices = container.read();

        assertThat(devices.portName("core/net1")).isEqualTo(FIRST);
        assertThat(devices.network("core/net2").device()).isEqualTo(new KernelLink());
        assertThat(devices.network("cluster").device()).isEqualTo(new KernelLink());
    }

    @Test
    void twoOfEitherAreNotGuessed() {
        networks("net1", "net2");
        container.variable("PCIDEVICE_A", FIRST + "," + SECOND);

        PodDevices devices = container.read();

        assertThat(devices.network("core/net1").device()).isInstanceOf(Untold.class);
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.portName("core/net2"))
                .withMessageContaining("no device-info for core/net1 (net1), core/net2 (net2)")
                .withMessageContaining(FIRST + ", " + SECOND);
        assertThat(devices.remarks()).anyMatch(remark -> remark.contains("nobody tells"));
        assertThat(devices.ealArguments())
                .as("they can be used all the same")
                .containsSubsequence("-a", FIRST, "-a", SECOND);
    }

    @Test
    void aFunctionThatAnotherNetworkHasIsNotLeft() {
        container
                .status(
                        """
                        [{"name": "core/a", "device-info": {"type": "pci",
                           "pci": {"pci-address": "0000:01:10.0"}}},
                         {"name": "core/b", "interface": "net2"}]
                        """)
                .variable("PCIDEVICE_A", FIRST + "," + SECOND);

        PodDevices devices = container.read();

        assertThat(devices.portName("core/a")).isEqualTo(FIRST);
        assertThat(devices.portName("core/b")).isEqualTo(SECOND);
    }

    @Test
    void aLinkInThePodTellsItsFunction() {
        networks("net1", "net2");
        container
                .function("0000:3b:00.2", "mlx5_core", "0")
                .function("0000:3b:00.3", "mlx5_core", "0")
                .link("/sys/class/net/net1/device", "../../../0000:3b:00.3")
                .link("/sys/class/net/net2/device", "../../../0000:3b:00.2")
                .variable("PCIDEVICE_A", "0000:3b:00.2,0000:3b:00.3");

        PodDevices devices = container.read();

        assertThat(devices.portName("core/net1")).isEqualTo("0000:3b:00.3");
        assertThat(devices.portName("core/net2")).isEqualTo("0000:3b:00.2");
    }

    @Test
    void withoutVariablesThereIsNothingToMatch() {
        networks("net1");

        assertThat(container.read().network("core/net1").device()).isEqualTo(new KernelLink());
    }
}
