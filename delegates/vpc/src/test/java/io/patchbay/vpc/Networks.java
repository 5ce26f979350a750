package io.patchbay.vpc;

import io.patchbay.vpc.eni.EniConfig;
import java.util.List;
import java.util.Optional;

/// Networks of type `vpc` as tests write them.
final class Networks {
    private Networks() {}

    /// Nothing is configured.
    static VpcConfig plain() {
        return link(0, Optional.empty());
    }

    static VpcConfig link(int mtu, Optional<String> vethPrefix) {
        return new VpcConfig(
                mtu, vethPrefix, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    static VpcConfig of(EniConfig place, int count, String... families) {
        return new VpcConfig(
                0,
                Optional.empty(),
                place.subnet(),
                place.groups(),
                List.of(families),
                Optional.of(count));
    }
}
