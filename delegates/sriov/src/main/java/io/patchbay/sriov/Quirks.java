package io.patchbay.sriov;

import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// What is peculiar to the driver of a physical function.
///
/// @param mac which of a virtual function's two MAC addresses is set first
/// @param lacks settings that it always refuses, so that they are refused before anything is done
/// @param settles how long after it said yes a reading may still show the old value
record Quirks(MacOrder mac, Predicate<Setting> lacks, Duration settles) {
    enum MacOrder {
        /// The physical function's word, then the link's address.
        PORT_FIRST,
        /// A link may not touch an address that the physical function gave it, not even to the same
        /// one, until that is taken back by the address of zeros: so it goes first. Source: the
        /// kernel's drivers/net/ethernet/intel/igb/igb_main.c, igb_ndo_set_vf_mac.
        LINK_FIRST
    }

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Quirks NONE = new Quirks(MacOrder.PORT_FIRST, _ -> false, AT_ONCE);

    /// By the driver's name. Sources: the kernel's drivers/net/ethernet: igb has no
    /// ndo_set_vf_link_state and refuses every least rate; ixgbe the latter and 802.1ad; i40e,
    /// iavf's partner, resets the function behind its answer, as ice does.
    private static final Map<String, Quirks> BY_DRIVER =
            Map.of(
                    "igb",
                    new Quirks(
                            MacOrder.LINK_FIRST,
                            setting ->
                                    setting instanceof State
                                            || isLeastRate(setting)
                                            || isStacked(setting),
                            AT_ONCE),
                    "ixgbe",
                    new Quirks(
                            MacOrder.PORT_FIRST,
                            setting -> isLeastRate(setting) || isStacked(setting),
                            AT_ONCE),
                    "i40e",
                    new Quirks(MacOrder.PORT_FIRST, Quirks::isLeastRate, LATER),
                    "ice",
                    new Quirks(MacOrder.PORT_FIRST, _ -> false, LATER));

    static Quirks of(String driver) {
        return BY_DRIVER.getOrDefault(driver, NONE);
    }

    private static boolean isLeastRate(Setting setting) {
        return setting instanceof Rate rate && rate.least() != 0;
    }

    private static boolean isStacked(Setting setting) {
        return setting instanceof Vlan vlan && vlan.protocol() == VlanProtocol.DOT1AD;
    }
}
