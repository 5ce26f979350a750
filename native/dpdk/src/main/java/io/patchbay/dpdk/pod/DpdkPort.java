package io.patchbay.dpdk.pod;

/// How DPDK opens a network.
///
/// @param bus `pci` or `vdev`
/// @param name of the port: the PCI address, or the virtual device's name
/// @param devargs for the argument `-a` or `--vdev`, or for adding the device later: the name and
///   what follows it
public record DpdkPort(String bus, String name, String devargs) {
    static DpdkPort pci(String address) {
        return new DpdkPort("pci", address, address);
    }

    static DpdkPort vdev(String name, String arguments) {
        return new DpdkPort("vdev", name, name + "," + arguments);
    }

    boolean isPci() {
        return bus.equals("pci");
    }
}
