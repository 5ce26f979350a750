package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import java.util.Optional;

/// An attachment that was made, with the final result of its chain.
public record AttachedNetwork(
        PlannedAttachment attachment, CniResult result, Optional<DeviceInfo> device) {}
