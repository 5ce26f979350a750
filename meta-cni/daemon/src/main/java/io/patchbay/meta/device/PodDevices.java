package io.patchbay.meta.device;

import io.patchbay.spi.pod.PodRef;

/// Tells which devices a pod has.
@FunctionalInterface
public interface PodDevices {
    /// Empty where the pod has none. Where it cannot be told it is a CniException of code 11.
    AllocatedDevices of(PodRef pod);
}
