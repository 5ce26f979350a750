package io.patchbay.ipvlan;

import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import java.util.Optional;

/// A network of type `ipvlan`: the keys of the reference plugin, `flag` and `enabledad`.
record IpvlanConfig(
        Optional<String> master,
        Optional<String> mode,
        Optional<String> flag,
        int mtu,
        boolean linkInContainer,
        boolean enabledad)
        implements UpperLinkConfig {

    IpvlanConfig {
        IpvlanMode chosen = UpperLinkConfig.choose("mode", mode, IpvlanMode.L2);
        UpperLinkConfig.choose("flag", flag, IpvlanFlag.BRIDGE);
        UpperLinkConfig.refuseMtu(mtu);
        if (enabledad && chosen != IpvlanMode.L2) {
            throw new IllegalArgumentException(
                    "\"enabledad\" is true, but there is no ARP in mode %s to detect a duplicate by: leave it out, or use mode l2"
                            .formatted(UpperLinkConfig.word(chosen)));
        }
    }

    IpvlanMode chosenMode() {
        return UpperLinkConfig.choose("mode", mode, IpvlanMode.L2);
    }

    IpvlanFlag chosenFlag() {
        return UpperLinkConfig.choose("flag", flag, IpvlanFlag.BRIDGE);
    }
}
