package io.patchbay.spi.net;

import java.util.Optional;

/// What a physical link says of one of its virtual functions. Source: linux/if_link.h,
/// IFLA_VFINFO_LIST.
///
/// @param index as in `virtfnN`
/// @param mac what the physical function gave it; all zero before it gave any
/// @param rate in Mbit/s
/// @param spoofCheck empty where the driver does not tell, as for trust
public record VirtualFunction(
        int index,
        MacAddress mac,
        Vlan vlan,
        Rate rate,
        Optional<Boolean> spoofCheck,
        Optional<Boolean> trust,
        State state) {

    /// One thing that can be set, by {@link Change.SetVirtualFunction}.
    public sealed interface Setting {}

    public record Mac(MacAddress address) implements Setting {}

    /// The tag that the card puts on and takes off; id 0 is none.
    ///
    /// @param id 0 to 4094
    /// @param qos 0 to 7
    public record Vlan(int id, int qos, VlanProtocol protocol) implements Setting {
        public Vlan {
            if (id < 0 || id > 4094) {
                throw new IllegalArgumentException("VLAN " + id + " does not exist: 0 to 4094 do");
            }
            if (qos < 0 || qos > 7) {
                throw new IllegalArgumentException("VLAN priority " + qos + " is not in 0 to 7");
            }
        }
    }

    /// Whether frames from another MAC address than its own are dropped.
    public record SpoofCheck(boolean on) implements Setting {}

    /// Whether it may do what only a trusted one may, such as to choose its MAC address.
    public record Trust(boolean on) implements Setting {}

    /// The two go together in the kernel's message: a driver gets both. In Mbit/s, 0 is none.
    public record Rate(int least, int most) implements Setting {
        public Rate {
            if (least < 0 || most < 0 || (most != 0 && least > most)) {
                throw new IllegalArgumentException(
                        "a rate of at least %d and at most %d Mbit/s cannot be"
                                .formatted(least, most));
            }
        }
    }

    /// What its link state follows (IFLA_VF_LINK_STATE).
    public enum State implements Setting {
        AUTO,
        ENABLE,
        DISABLE
    }
}
