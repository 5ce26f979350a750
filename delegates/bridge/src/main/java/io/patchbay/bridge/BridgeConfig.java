package io.patchbay.bridge;

import io.patchbay.spi.Argument;
import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network of type `bridge`: every key of the reference plugin, and `removeWithLastPort`.
///
/// @param mtu of both ends of the pair, and of a bridge that is created; 0 is the kernel's choice
/// @param preserveDefaultVlan whether a port with VLANs also keeps what the bridge gave it
/// @param removeWithLastPort whether a bridge that was made here goes with its last pod
record BridgeConfig(
        Optional<String> bridge,
        boolean isGateway,
        boolean isDefaultGateway,
        boolean forceAddress,
        boolean ipMasq,
        Optional<String> ipMasqBackend,
        int mtu,
        @Argument Optional<MacAddress> mac,
        boolean hairpinMode,
        boolean promiscMode,
        int vlan,
        List<VlanTrunk> vlanTrunk,
        boolean preserveDefaultVlan,
        boolean macspoofchk,
        boolean enabledad,
        boolean disableContainerInterface,
        boolean portIsolation,
        boolean removeWithLastPort) {

    private static final String DEFAULT_BRIDGE = "cni0";
    private static final int LONGEST_NAME = 15;

    // What the kernel takes as a link's name (dev_valid_name), without its patterns such as eth%d.
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/:%\\s]{1,15}");

    BridgeConfig {
        if (!NAME.matcher(bridge.orElse(DEFAULT_BRIDGE)).matches()) {
            throw new IllegalArgumentException(
                    "\"bridge\" is \"%s\": a link's name has 1 to 15 characters, none of them a space, /, : or %%"
                            .formatted(bridge.orElse("")));
        }
        VethPair.requireMtu(mtu);
        Masquerade.requireKnown(ipMasqBackend);
        if (hairpinMode && promiscMode) {
            throw new IllegalArgumentException(
                    "\"hairpinMode\" and \"promiscMode\" are both true, and each brings a pod its own frames back: set one of them");
        }
        if (vlan < 0 || vlan > BridgeVlans.LARGEST) {
            throw new IllegalArgumentException(
                    "\"vlan\" is %d: a VLAN is 1 to %d, and 0 is none"
                            .formatted(vlan, BridgeVlans.LARGEST));
        }
        String gateway = bridge.orElse(DEFAULT_BRIDGE) + "." + vlan;
        if (vlan != 0 && (isGateway || isDefaultGateway) && gateway.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "\"bridge\" is \"%s\" and \"vlan\" is %d: the gateway's link would be named %s, longer than 15 characters; give the bridge a shorter name"
                            .formatted(bridge.orElse(DEFAULT_BRIDGE), vlan, gateway));
        }
    }

    String bridgeName() {
        return bridge.orElse(DEFAULT_BRIDGE);
    }

    /// As the reference plugin: who is the default gateway is a gateway.
    boolean hasGateway() {
        return isGateway || isDefaultGateway;
    }

    boolean filtersVlans() {
        return vlan != 0 || !vlanTrunk.isEmpty();
    }

    /// The link that carries the gateway's addresses on a VLAN.
    String vlanGatewayName() {
        return bridgeName() + "." + vlan;
    }
}
