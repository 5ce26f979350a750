package io.patchbay.spi.cni;

import java.util.Optional;

/// A device as network-status tells it to the pod. Source: NPWG device-info specification 1.1.0.
public sealed interface DeviceInfo {
    record Pci(
            String pciAddress,
            Optional<String> vhostNet,
            Optional<String> rdmaDevice,
            Optional<String> pfPciAddress,
            Optional<String> representorDevice)
            implements DeviceInfo {}

    record Vdpa(
            String parentDevice,
            String driver,
            String path,
            Optional<String> pciAddress,
            Optional<String> pfPciAddress,
            Optional<String> representorDevice)
            implements DeviceInfo {}

    /// A vhost-user socket.
    ///
    /// @param mode `client`: the host creates the socket; `server`: the container does
    record VhostUser(String mode, String path) implements DeviceInfo {}

    /// A memif socket.
    ///
    /// @param role `master` or `slave`
    /// @param mode `ethernet`, `ip` or `inject-punt`
    /// @param id which of the socket's interfaces, at least 0. No key of the specification: an
    ///   application that is not told it takes 0
    record Memif(String role, String path, String mode, int id) implements DeviceInfo {
        public Memif {
            if (id < 0) {
                throw new IllegalArgumentException(
                        "the id of a memif is %d: it is 0 to %d".formatted(id, Integer.MAX_VALUE));
            }
        }
    }
}
