package io.patchbay.sriov;

import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.MacAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A network of type `host-device`: the keys of the reference plugin. One of them names the device,
/// or none, where the kubelet or the pod does. An empty string counts as an absent key, as it does
/// for the reference plugin.
///
/// @param device the name of its link, or one of its further names
/// @param hwaddr the MAC address of its link
/// @param kernelpath its directory below /sys/devices
/// @param pciBusID its PCI address
record HostDeviceConfig(
        Optional<String> device,
        Optional<MacAddress> hwaddr,
        Optional<String> kernelpath,
        Optional<PciAddress> pciBusID) {
    private static final String DEVICES = "/sys/devices/";

    HostDeviceConfig {
        device = device.filter(name -> !name.isEmpty());
        kernelpath = kernelpath.filter(path -> !path.isEmpty());
        device.ifPresent(name -> LinkName.require("device", name));
        kernelpath.ifPresent(HostDeviceConfig::requireDevice);
        List<DeviceName> names = names(device, hwaddr, kernelpath, pciBusID).toList();
        if (names.size() > 1) {
            throw new IllegalArgumentException(
                    "%s and %s: name the device in one way"
                            .formatted(names.get(0).told(), names.get(1).told()));
        }
    }

    private static void requireDevice(String path) {
        boolean plain =
                path.startsWith(DEVICES)
                        && path.length() > DEVICES.length()
                        && path.indexOf('\0') < 0
                        && Path.of(path).normalize().toString().equals(path);
        if (!plain) {
            throw new IllegalArgumentException(
                    "\"kernelpath\" is \"%s\": it is the directory of a device below %s, without . or .. or a slash at its end"
                            .formatted(path, DEVICES));
        }
    }

    /// Empty where the kubelet or the pod names the device.
    Optional<DeviceName> named() {
        return names(device, hwaddr, kernelpath, pciBusID).findFirst();
    }

    private static Stream<DeviceName> names(
            Optional<String> device,
            Optional<MacAddress> hwaddr,
            Optional<String> kernelpath,
            Optional<PciAddress> pciBusID) {
        return Stream.of(
                        device.<DeviceName>map(DeviceName.OfLink::new),
                        hwaddr.<DeviceName>map(DeviceName.OfMac::new),
                        kernelpath.<DeviceName>map(
                                path -> new DeviceName.OfBus("kernelpath", path, place(path))),
                        pciBusID.<DeviceName>map(pci ->
                                new DeviceName.OfBus("pciBusID", pci.value(), Loan.key(pci))))
                .flatMap(Optional::stream);
    }

    /// The last part of a device's directory is its name on its bus.
    private static DeviceId place(String path) {
        return new DeviceId(path.substring(path.lastIndexOf('/') + 1));
    }
}
