package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDeviceConfigTest {
    private static HostDeviceConfig bind(String json) {
        return ConfigBinder.config(
                "network",
                Json.decodeObject("network", json),
                HostDeviceConfig.class,
                UnknownKeys.REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    device     | a b              | {"device": "a b"}
                    device     | sixteencharacter | {"device": "sixteencharacter"}
                    device     | ..               | {"device": ".."}
                    hwaddr     | 02:00            | {"hwaddr": "02:00"}
                    kernelpath | /sys/class/net/a | {"kernelpath": "/sys/class/net/a"}
                    kernelpath | /sys/devices/    | {"kernelpath": "/sys/devices/"}
                    kernelpath | a/../b           | {"kernelpath": "/sys/devices/a/../b"}
                    kernelpath | a/               | {"kernelpath": "/sys/devices/a/"}
                    pciBusID   | 01:10.0          | {"pciBusID": "01:10.0"}
                    hwaddr     | dev0             | {"device": "dev0", "hwaddr": "02:00:00:00:00:01"}
                    pciBusID   | dev0             | {"device": "dev0", "pciBusID": "0000:01:10.0"}
                    kernelpath | 0000:01:10.0     | {"kernelpath": "/sys/devices/x", "pciBusID": "0000:01:10.0"}
                    """)
    void whatCannotBeIsRefusedByKeyAndValue(String key, String value, String json) {
        assertThatThrownBy(() -> bind(json))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"" + key + "\"")
                .hasMessageContaining(value);
    }

    @Test
    void anEmptyStringIsAnAbsentKeyAndNoKeyLeavesItToThePod() {
        assertThat(bind("{}").named()).isEmpty();
        assertThat(bind("{\"device\": \"\", \"kernelpath\": \"\"}").named()).isEmpty();
        assertThat(bind("{\"device\": \"\", \"hwaddr\": \"02:00:00:00:00:01\"}").named())
                .contains(new DeviceName.OfMac(MacAddress.parse("02:00:00:00:00:01")));
    }

    @Test
    void aDirectoryOfTheKernelNamesTheDeviceByItsLastPart() {
        String path = "/sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0";
        assertThat(bind("{\"kernelpath\": \"" + path + "\"}").named())
                .contains(new DeviceName.OfBus("kernelpath", path, new DeviceId("0000:01:00.0")));
    }
}
