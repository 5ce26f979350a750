package io.patchbay.sriov;

import io.patchbay.spi.Key;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VlanProtocol;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A network of type `sriov`: the keys of the SR-IOV CNI plugin, and `mtu` and `driver` beside
/// them. What is absent is left as it is. Source: sriov-cni, docs/configuration-reference.md.
///
/// @param deviceID the virtual function, where neither the kubelet nor the pod names one
/// @param mtu of the virtual function's link; 0 leaves it
/// @param vlanTrunk refused: rtnetlink has one tag for a function (IFLA_VF_VLAN_LIST), and no
///   driver of the kernel's own has another way
/// @param driver `vfio-pci` gives the function to that driver for as long as the pod has it
record SriovConfig(
        Optional<String> deviceID,
        OptionalInt vlan,
        OptionalInt vlanQoS,
        Optional<String> vlanProto,
        Optional<MacAddress> mac,
        Optional<String> spoofchk,
        Optional<String> trust,
        @Key("link_state") Optional<String> linkState,
        @Key("min_tx_rate") OptionalInt minTxRate,
        @Key("max_tx_rate") OptionalInt maxTxRate,
        int mtu,
        List<Trunk> vlanTrunk,
        Optional<String> driver) {

    /// VLANs whose tags would pass a function as they are.
    record Trunk(OptionalInt minID, OptionalInt maxID, OptionalInt id) {}

    private static final int LARGEST_VLAN = 4094;
    private static final int LARGEST_QOS = 7;
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;
    private static final Map<String, VlanProtocol> PROTOCOLS =
            Map.of("802.1q", VlanProtocol.DOT1Q, "802.1ad", VlanProtocol.DOT1AD);
    private static final Map<String, State> STATES =
            Map.of("auto", State.AUTO, "enable", State.ENABLE, "disable", State.DISABLE);
    private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);

    SriovConfig {
        refuseOutside("vlan", vlan, 0, LARGEST_VLAN);
        refuseOutside("vlanQoS", vlanQoS, 0, LARGEST_QOS);
        choose("vlanProto", vlanProto.map(word -> word.toLowerCase(Locale.ROOT)), PROTOCOLS);
        if (vlan.orElse(0) == 0) {
            refuseWithoutVlan("vlanQoS", vlanQoS.orElse(0) != 0, vlanQoS);
            refuseWithoutVlan(
                    "vlanProto", vlanProto.filter(SriovConfig::isAd).isPresent(), vlanProto);
        }
        choose("spoofchk", spoofchk, SWITCH);
        choose("trust", trust, SWITCH);
        choose("link_state", linkState, STATES);
        refuseOutside("min_tx_rate", minTxRate, 0, Integer.MAX_VALUE);
        refuseOutside("max_tx_rate", maxTxRate, 0, Integer.MAX_VALUE);
        if (maxTxRate.orElse(0) != 0 && minTxRate.orElse(0) > maxTxRate.orElse(0)) {
            throw new IllegalArgumentException(
                    "\"min_tx_rate\" is %d, which is more than \"max_tx_rate\", %d: no rate is both"
                            .formatted(minTxRate.orElse(0), maxTxRate.orElse(0)));
        }
        mac.ifPresent(SriovConfig::refuseNoStations);
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: it is %d to %d, or 0 to leave it"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
        if (!vlanTrunk.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"vlanTrunk\" is %s, and no driver of this kernel offers that: leave the key and \"vlan\" out, and the pod sets its tags itself"
                            .formatted(vlanTrunk));
        }
        choose("driver", driver, Map.of(UserSpace.VFIO, UserSpace.VFIO));
    }

    Optional<VlanProtocol> protocol() {
        return choose("vlanProto", vlanProto.map(word -> word.toLowerCase(Locale.ROOT)), PROTOCOLS);
    }

    Optional<Boolean> spoofCheck() {
        return choose("spoofchk", spoofchk, SWITCH);
    }

    Optional<Boolean> trusted() {
        return choose("trust", trust, SWITCH);
    }

    Optional<State> state() {
        return choose("link_state", linkState, STATES);
    }

    /// Whether anything is asked for that the physical function sets.
    boolean needsPhysical() {
        return vlan.isPresent()
                || spoofchk.isPresent()
                || trust.isPresent()
                || linkState.isPresent()
                || minTxRate.isPresent()
                || maxTxRate.isPresent();
    }

    private static boolean isAd(String protocol) {
        return protocol.equalsIgnoreCase("802.1ad");
    }

    /// A multicast address, or none at all, is no station's.
    static void refuseNoStations(MacAddress mac) {
        if (mac.value() == 0 || (mac.octets()[0] & 1) != 0) {
            throw new IllegalArgumentException(
                    "\"mac\" is \"%s\": it is a single station's address, as in 02:00:00:aa:bb:cc"
                            .formatted(mac));
        }
    }

    private static void refuseOutside(String key, OptionalInt value, int least, int most) {
        if (value.isPresent() && (value.getAsInt() < least || value.getAsInt() > most)) {
            throw new IllegalArgumentException(
                    "\"%s\" is %d: it is %d to %d".formatted(key, value.getAsInt(), least, most));
        }
    }

    private static void refuseWithoutVlan(String key, boolean refused, Object value) {
        if (refused) {
            throw new IllegalArgumentException(
                    "\"%s\" is %s, but there is no tag to carry it: give a \"vlan\" from 1 to %d"
                            .formatted(key, value, LARGEST_VLAN));
        }
    }

    private static <T> Optional<T> choose(
            String key, Optional<String> value, Map<String, T> words) {
        return value.map(word -> {
            T chosen = words.get(word);
            if (chosen == null) {
                throw new IllegalArgumentException(
                        "\"%s\" is \"%s\": it is one of %s"
                                .formatted(
                                        key,
                                        word,
                                        String.join(
                                                ", ", words.keySet().stream().sorted().toList())));
            }
            return chosen;
        });
    }
}
