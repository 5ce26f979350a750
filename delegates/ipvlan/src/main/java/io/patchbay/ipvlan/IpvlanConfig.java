package io.patchbay.ipvlan;

import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import java.util.Optional;

/// A network of type `ipvlan`: the keys of the reference plugin, and `flag`.
record IpvlanConfig(
        Optional<String> master,
        Optional<String> mode,
        Optional<String> flag,
        int mtu,
        boolean linkInContainer)
        implements UpperLinkConfig {

    IpvlanConfig {
        UpperLinkConfig.choose("mode", mode, IpvlanMode.L2);
        UpperLinkConfig.choose("flag", flag, IpvlanFlag.BRIDGE);
        UpperLinkConfig.refuseMtu(mtu);
        UpperLinkConfig.refuseLinkInContainer(linkInContainer);
    }

    IpvlanMode chosenMode() {
        return UpperLinkConfig.choose("mode", mode, IpvlanMode.L2);
    }

    IpvlanFlag chosenFlag() {
        return UpperLinkConfig.choose("flag", flag, IpvlanFlag.BRIDGE);
    }
}
