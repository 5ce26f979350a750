package io.patchbay.ipvlan;

import java.util.Optional;

/// A network of type `vlan`: the keys of the reference plugin.
record VlanConfig(Optional<String> master, int vlanId, int mtu, boolean linkInContainer)
        implements UpperLinkConfig {

    private static final int LAST_ID = 4094;

    VlanConfig {
        if (vlanId < 1 || vlanId > LAST_ID) {
            throw new IllegalArgumentException(
                    "\"vlanId\" is %d: it is 1 to %d (IEEE 802.1Q)".formatted(vlanId, LAST_ID));
        }
        UpperLinkConfig.refuseMtu(mtu);
        UpperLinkConfig.refuseLinkInContainer(linkInContainer);
    }
}
