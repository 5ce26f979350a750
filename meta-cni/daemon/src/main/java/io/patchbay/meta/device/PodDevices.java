package io.patchbay.meta.device;

import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Map;

/// Tells which devices a pod has, by their resource: one container after the other, each device
/// once.
@FunctionalInterface
public interface PodDevices {
    /// Empty where the pod has none. Where it cannot be told it is a CniException of code 11.
    Map<String, List<DeviceId>> of(PodRef pod);
}
