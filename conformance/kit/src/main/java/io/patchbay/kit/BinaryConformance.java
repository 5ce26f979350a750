package io.patchbay.kit;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules for a network whose type is a binary of the plug-in path.
public abstract class BinaryConformance extends NetworkConformance {
    @Override
    final NodeRig newRig(Path state) {
        return new NodeRig(state, List.of(), Map.of());
    }

    /// A plugin's code passes through, and the reference IPAM plugins say 999.
    @Override
    public Set<ErrorCode> codesOfAFullPool() {
        return Set.of(Standard.INTERNAL, Standard.TRY_AGAIN_LATER, Standard.UNAVAILABLE);
    }
}
