package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.Capabilities;
import java.util.Map;
import java.util.Optional;

/// What a pod asks of its addresses: capabilities, and the pairs of CNI_ARGS such as `IP`; and what
/// they are for.
///
/// @param uplink of the link that will have them, where its delegate tells
public record Wish(Capabilities capabilities, Map<String, String> args, Optional<Uplink> uplink) {
    public static final Wish NONE = new Wish(Capabilities.NONE, Map.of());

    public Wish {
        args = Map.copyOf(args);
    }

    public Wish(Capabilities capabilities, Map<String, String> args) {
        this(capabilities, args, Optional.empty());
    }
}
