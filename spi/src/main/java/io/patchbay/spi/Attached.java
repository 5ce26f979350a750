package io.patchbay.spi;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import java.util.Optional;

/// What an `add` made: the chain's result so far, and the device where there is one.
public record Attached(CniResult result, Optional<DeviceInfo> device) {
    public static Attached of(CniResult result) {
        return new Attached(result, Optional.empty());
    }
}
