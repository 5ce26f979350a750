package io.patchbay.meta.plan;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.cni.AttachmentId;
import java.util.List;
import java.util.Optional;

/// One network of a sandbox, with the chain of plugins that make it.
///
/// @param title see {@link SelectedNetwork#title}
/// @param deviceInfo empty where no plugin of the chain takes any and no device plugin gives any
/// @param defaultRoute empty where it is not asked for the pod's default routes
public record PlannedAttachment(
        AttachmentId id,
        String title,
        CniVersion version,
        boolean disableCheck,
        boolean disableGc,
        Optional<DefaultRoute> defaultRoute,
        Optional<DeviceInfoFiles> deviceInfo,
        List<PlannedStep> steps) {
    public PlannedAttachment {
        steps = List.copyOf(steps);
    }

    public PlannedAttachment with(List<PlannedStep> changed) {
        return new PlannedAttachment(
                id, title, version, disableCheck, disableGc, defaultRoute, deviceInfo, changed);
    }
}
