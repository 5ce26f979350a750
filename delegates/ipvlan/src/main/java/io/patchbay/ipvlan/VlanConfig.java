package io.patchbay.ipvlan;

import io.patchbay.spi.net.VlanProtocol;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A network of type `vlan`: the keys of the reference plugin, `protocol` and `enabledad`.
///
/// @param vlanId 0 to 4094; 0 is for frames that bear a priority and no VLAN (IEEE 802.1Q)
/// @param protocol the kind of tag: `802.1Q`, or a provider's, `802.1ad`
record VlanConfig(
        Optional<String> master,
        OptionalInt vlanId,
        Optional<String> protocol,
        int mtu,
        boolean linkInContainer,
        boolean enabledad)
        implements UpperLinkConfig {

    private static final int LAST_ID = 4094;
    private static final Map<String, VlanProtocol> PROTOCOLS =
            Map.of("802.1q", VlanProtocol.DOT1Q, "802.1ad", VlanProtocol.DOT1AD);

    VlanConfig {
        // The reference plugin makes VLAN 0 of an absent key, which nobody means.
        if (vlanId.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"vlanId\" is missing: name a VLAN, 0 to %d".formatted(LAST_ID));
        }
        if (vlanId.getAsInt() < 0 || vlanId.getAsInt() > LAST_ID) {
            throw new IllegalArgumentException(
                    "\"vlanId\" is %d: it is 0 to %d (IEEE 802.1Q)"
                            .formatted(vlanId.getAsInt(), LAST_ID));
        }
        tag(protocol);
        UpperLinkConfig.refuseMtu(mtu);
    }

    int id() {
        return vlanId.orElseThrow();
    }

    VlanProtocol tag() {
        return tag(protocol);
    }

    private static VlanProtocol tag(Optional<String> protocol) {
        String word = protocol.filter(name -> !name.isEmpty()).orElse("802.1Q");
        VlanProtocol tag = PROTOCOLS.get(word.toLowerCase(Locale.ROOT));
        if (tag == null) {
            throw new IllegalArgumentException(
                    "\"protocol\" is \"%s\": it is 802.1Q or 802.1ad".formatted(word));
        }
        return tag;
    }
}
