package io.patchbay.bridge;

import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A network of type `bridge`. Every key of the reference plugin is here; one that is not done yet
/// is refused where its value is not the default.
///
/// @param mtu of both ends of the pair, and of a bridge that is created; 0 is the kernel's choice
/// @param preserveDefaultVlan without effect as long as `vlan` and `vlanTrunk` are refused
record BridgeConfig(
        Optional<String> bridge,
        boolean isGateway,
        boolean isDefaultGateway,
        boolean forceAddress,
        boolean ipMasq,
        Optional<String> ipMasqBackend,
        int mtu,
        Optional<MacAddress> mac,
        boolean hairpinMode,
        boolean promiscMode,
        int vlan,
        List<Trunk> vlanTrunk,
        Optional<Boolean> preserveDefaultVlan,
        boolean macspoofchk,
        boolean enabledad,
        boolean disableContainerInterface,
        boolean portIsolation) {

    private static final String DEFAULT_BRIDGE = "cni0";

    // What the kernel takes as a link's name (dev_valid_name), without its patterns such as eth%d.
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/:%\\s]{1,15}");

    private static final Set<String> BACKENDS = Set.of("", "nftables");
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    /// Some VLANs of a port.
    record Trunk(int minID, int maxID, int id) {}

    BridgeConfig {
        if (!NAME.matcher(bridge.orElse(DEFAULT_BRIDGE)).matches()) {
            throw new IllegalArgumentException(
                    "\"bridge\" is \"%s\": a link's name has 1 to 15 characters, none of them a space, /, : or %%"
                            .formatted(bridge.orElse("")));
        }
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: a veth takes %d to %d, or 0 for the kernel's choice"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
        if (!BACKENDS.contains(ipMasqBackend.orElse(""))) {
            throw undone(
                    "ipMasqBackend", ipMasqBackend.get(), "masquerading is done by nftables only");
        }
        refuse(
                "hairpinMode",
                hairpinMode,
                "a port cannot be told to send back where a frame came from");
        refuse("promiscMode", promiscMode, "a bridge cannot be made promiscuous");
        refuse("macspoofchk", macspoofchk, "a pod's MAC address cannot be enforced");
        refuse("enabledad", enabledad, "addresses are used without duplicate address detection");
        refuse(
                "disableContainerInterface",
                disableContainerInterface,
                "the pod's end is always set up");
        refuse("portIsolation", portIsolation, "ports cannot be isolated from each other");
        if (vlan != 0) {
            throw undone("vlan", vlan, "bridges do not filter VLANs");
        }
        if (!vlanTrunk.isEmpty()) {
            throw undone("vlanTrunk", vlanTrunk, "bridges do not filter VLANs");
        }
    }

    String bridgeName() {
        return bridge.orElse(DEFAULT_BRIDGE);
    }

    /// As the reference plugin: who is the default gateway is a gateway.
    boolean hasGateway() {
        return isGateway || isDefaultGateway;
    }

    private static void refuse(String key, boolean value, String why) {
        if (value) {
            throw undone(key, true, why);
        }
    }

    private static IllegalArgumentException undone(String key, Object value, String why) {
        return new IllegalArgumentException(
                "\"%s\" is %s, and %s yet: leave the key out".formatted(key, value, why));
    }
}
