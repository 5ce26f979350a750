package io.patchbay.dpdk.pod;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is behind a network of a pod. Source: NPWG device-info specification 1.1.0.
public sealed interface NetworkDevice {
    /// A PCI function.
    ///
    /// @param address such as `0000:01:10.0`
    /// @param driver it is bound to, where sysfs tells
    /// @param numaNode it is near to; empty on a machine without NUMA
    /// @param vfioNode that a process opens it by; empty where its driver is not vfio-pci
    /// @param vfioNodeIsHere whether this container has that node
    /// @param rdma its RDMA devices
    record Pci(
            String address,
            Optional<String> driver,
            OptionalInt numaNode,
            Optional<String> vfioNode,
            boolean vfioNodeIsHere,
            List<String> rdma)
            implements NetworkDevice {
        public Pci {
            rdma = List.copyOf(rdma);
        }
    }

    /// A vhost-user socket.
    ///
    /// @param containerCreates whether the pod has to create the socket: mode `server`; else the
    ///   host did
    /// @param path as the container sees it
    record VhostUser(boolean containerCreates, String path) implements NetworkDevice {}

    /// A memif socket.
    ///
    /// @param containerCreates whether the pod has to create the socket: role `master`
    /// @param path as the container sees it
    /// @param mode `ethernet`, `ip` or `inject-punt`
    /// @param id of the interface among those of the socket
    record Memif(boolean containerCreates, String path, String mode, int id)
            implements NetworkDevice {}

    /// A vDPA device.
    ///
    /// @param path of its node, as `/dev/vhost-vdpa-0`
    /// @param driver `vhost` or `virtio`
    record Vdpa(String parentDevice, String driver, String path) implements NetworkDevice {}

    /// A link of the kernel's, and nothing else that is known of.
    record KernelLink() implements NetworkDevice {}

    /// A device of which nobody tells which it is.
    ///
    /// @param why a sentence
    record Untold(String why) implements NetworkDevice {}
}
