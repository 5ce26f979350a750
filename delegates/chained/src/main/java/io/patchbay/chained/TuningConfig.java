package io.patchbay.chained;

import io.patchbay.spi.Argument;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// A plugin of type `tuning`. Every key of the reference plugin is here.
///
/// @param sysctl values by key, set in this order
/// @param promisc false leaves the link as it is, as in the reference plugin
/// @param mtu 0 leaves it
/// @param dataDir where the reference plugin keeps what was before; here the journal has it
record TuningConfig(
        @Argument SequencedMap<String, String> sysctl,
        @Argument Optional<MacAddress> mac,
        @Argument boolean promisc,
        @Argument int mtu,
        @Argument Optional<Boolean> allmulti,
        @Argument OptionalInt txQLen,
        Optional<String> dataDir) {

    TuningConfig {
        sysctl.forEach((key, value) -> {
            SysctlKey named = new SysctlKey(key);
            if (value.isBlank()) {
                throw new IllegalArgumentException(
                        "\"sysctl\" gives \"%s\" no value: give it one, or leave it out"
                                .formatted(named));
            }
        });
        refuseNegative("mtu", mtu, "the link's MTU, or 0 to leave it");
        refuseNegative("txQLen", txQLen.orElse(0), "how many packets may wait");
    }

    private static void refuseNegative(String key, int value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "\"%s\" is %d: it is %s".formatted(key, value, what));
        }
    }

    List<SysctlKey> sysctls() {
        return sysctl.keySet().stream().map(SysctlKey::new).toList();
    }
}
