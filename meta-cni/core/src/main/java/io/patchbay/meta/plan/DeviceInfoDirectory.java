package io.patchbay.meta.plan;

import io.patchbay.meta.journal.FileName;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.device.DeviceId;
import java.nio.file.Path;
import java.util.Optional;

/// The directory by which device plugins, Patchbay and CNI plugins tell each other about devices.
/// Source: NPWG device-info specification 1.1.0, §4.2 and §5.
public record DeviceInfoDirectory(Path root) {
    public static final DeviceInfoDirectory DEFAULT =
            new DeviceInfoDirectory(Path.of("/var/run/k8s.cni.cncf.io/devinfo"));

    /// The files of an attachment. The name of its own is made of its id alone, so that it is the
    /// same on DEL.
    DeviceInfoFiles of(AttachmentId id, Optional<String> resource, Optional<DeviceId> device) {
        String own = "%s-%s_%s".formatted(id.network(), id.containerId(), id.ifName());
        return new DeviceInfoFiles(
                resource.flatMap(name -> device.map(one -> ofDevicePlugin(name, one))),
                path("cni", FileName.of(own.replace('/', '-'))));
    }

    /// The file that Multus made for an attachment (pkg/multus/multus.go, CmdAdd).
    ///
    /// @param name of the network, with its namespace, as Multus called it
    public DeviceInfoFiles ofMultus(String name, String containerId, String ifName) {
        String own = "%s-%s_%s".formatted(name, containerId, ifName);
        return new DeviceInfoFiles(Optional.empty(), path("cni", own.replace('/', '-')));
    }

    /// The file of a device plugin about one of its devices.
    public String ofDevicePlugin(String resource, DeviceId device) {
        String name = "%s-%s-device.json".formatted(resource, device);
        return path("dp", name.replace('/', '-'));
    }

    private String path(String directory, String name) {
        return root.resolve(directory).resolve(name).toString();
    }
}
