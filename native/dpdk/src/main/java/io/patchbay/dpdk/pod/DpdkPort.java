package io.patchbay.dpdk.pod;

/// How DPDK opens a network.
///
/// @param bus `pci` or `vdev`
/// @param name of the port: the PCI address, or the virtual device's name
/// @param arguments of the device, `key=value` with commas between; empty where it needs none
public record DpdkPort(String bus, String name, String arguments) {
    static DpdkPort pci(String address) {
        return new DpdkPort("pci", address, "");
    }

    static DpdkPort vdev(String name, String arguments) {
        return new DpdkPort("vdev", name, arguments);
    }

    /// For the argument `-a` or `--vdev`: the name, and the arguments behind it.
    public String devargs() {
        return arguments.isEmpty() ? name : name + "," + arguments;
    }

    boolean isPci() {
        return bus.equals("pci");
    }
}
