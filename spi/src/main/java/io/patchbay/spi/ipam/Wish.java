package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.Capabilities;
import java.util.Map;

/// What a pod asks of its addresses: capabilities, and the pairs of CNI_ARGS such as `IP`.
public record Wish(Capabilities capabilities, Map<String, String> args) {
    public static final Wish NONE = new Wish(Capabilities.NONE, Map.of());

    public Wish {
        args = Map.copyOf(args);
    }
}
