package io.patchbay.kit.rig;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.device.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What a node has beside its links.
///
/// @param kernel the node's kernel as the hardware changes it
/// @param state what of it can leak
/// @param devices those that a kubelet could assign: each pod gets one of its own, in turn
public record Hardware(
        UnaryOperator<Kernel> kernel, Supplier<Snapshot> state, List<DeviceId> devices) {
    public static final Hardware NONE =
            new Hardware(kernel -> kernel, () -> new Snapshot(Map.of()), List.of());

    public Hardware {
        devices = List.copyOf(devices);
    }
}
