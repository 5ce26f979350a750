package io.patchbay.ipvlan;

import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;

/// A network of type `macvlan`: the keys of the reference plugin, and `enabledad`.
record MacvlanConfig(
        Optional<String> master,
        Optional<String> mode,
        int mtu,
        Optional<MacAddress> mac,
        boolean linkInContainer,
        int bcqueuelen,
        boolean enabledad)
        implements UpperLinkConfig {

    MacvlanConfig {
        MacvlanMode chosen = UpperLinkConfig.choose("mode", mode, MacvlanMode.BRIDGE);
        UpperLinkConfig.refuseMtu(mtu);
        if (chosen == MacvlanMode.PASSTHRU && mac.isPresent()) {
            throw new IllegalArgumentException(
                    "\"mac\" is \"%s\", but a link of mode passthru has its parent's: leave the key out"
                            .formatted(mac.get()));
        }
        if (bcqueuelen < 0) {
            throw new IllegalArgumentException(
                    "\"bcqueuelen\" is %d: it is 0 for the kernel's default, or how many broadcasts the queue shall hold"
                            .formatted(bcqueuelen));
        }
    }

    MacvlanMode chosenMode() {
        return UpperLinkConfig.choose("mode", mode, MacvlanMode.BRIDGE);
    }
}
