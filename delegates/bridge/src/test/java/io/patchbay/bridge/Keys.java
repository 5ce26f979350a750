package io.patchbay.bridge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The keys of a network as a test writes them; what is not written is absent.
record Keys(Map<String, String> values) {
    static Keys none() {
        return new Keys(Map.of());
    }

    Keys with(String key, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(key, value);
        return new Keys(more);
    }

    BridgeConfig config() {
        return new BridgeConfig(
                Optional.ofNullable(values.get("bridge")),
                flag("isGateway"),
                flag("isDefaultGateway"),
                flag("forceAddress"),
                flag("ipMasq"),
                Optional.ofNullable(values.get("ipMasqBackend")),
                number("mtu"),
                Optional.empty(),
                flag("hairpinMode"),
                flag("promiscMode"),
                number("vlan"),
                number("vlanTrunk") == 0
                        ? List.of()
                        : List.of(
                                new VlanTrunk(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.of(number("vlanTrunk")))),
                flag("preserveDefaultVlan"),
                flag("macspoofchk"),
                flag("enabledad"),
                flag("disableContainerInterface"),
                flag("portIsolation"),
                flag("removeWithLastPort"));
    }

    private boolean flag(String key) {
        return Boolean.parseBoolean(values.get(key));
    }

    private int number(String key) {
        return Integer.parseInt(values.getOrDefault(key, "0"));
    }
}
