package io.patchbay.meta.probe;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.spi.device.PciAddress;
import java.nio.file.Path;

/// Whether a process could use a device or a socket, found out in a process that lasts seconds.
public interface Probes {
    /// Opens a PCI function through vfio, resets it and lets it go. Nobody else can have it
    /// meanwhile: not for one that a pod has.
    Finding vfio(PciAddress address);

    /// Asks whoever listens at a socket for the features of a vhost-user back-end.
    Finding vhostUser(Path socket);

    /// On this machine.
    static Probes ofThisMachine() {
        return new Probes() {
            @Override
            public Finding vfio(PciAddress address) {
                return ProbeProcess.vfio(address).find();
            }

            @Override
            public Finding vhostUser(Path socket) {
                return ProbeProcess.vhostUser(socket.toAbsolutePath()).find();
            }
        };
    }
}
