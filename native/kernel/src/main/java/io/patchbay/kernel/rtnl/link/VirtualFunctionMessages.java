package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;

/// Requests about a virtual function, by way of its physical link: one attribute for one setting.
public final class VirtualFunctionMessages {
    /// struct ifla_vf_mac has room for every kind of address.
    private static final int MAC_ROOM = 32;

    private VirtualFunctionMessages() {}

    public static void getAll(MessageWriter to, int physical) {
        LinkMessages.header(to.begin(Rtm.GETLINK, Rtm.ONE), physical, 0, 0)
                .u32(Ifla.EXT_MASK, Ifla.FILTER_VF | Ifla.SKIP_STATS);
    }

    public static void set(MessageWriter to, int physical, int index, Setting setting) {
        LinkMessages.header(to.begin(Rtm.NEWLINK, Rtm.ONE), physical, 0, 0)
                .nest(
                        Ifla.VFINFO_LIST,
                        () -> to.nest(Ifla.VF_INFO, () -> write(to, index, setting)));
    }

    private static void write(MessageWriter to, int index, Setting setting) {
        switch (setting) {
            case Mac mac -> mac(to, index, mac);
            case Vlan vlan -> to.nest(Ifla.VF_VLAN_LIST, () -> vlan(to, index, vlan));
            case SpoofCheck check -> numbers(to, Ifla.VF_SPOOFCHK, index, check.on() ? 1 : 0);
            case Trust trust -> numbers(to, Ifla.VF_TRUST, index, trust.on() ? 1 : 0);
            case Rate rate -> numbers(to, Ifla.VF_RATE, index, rate.least(), rate.most());
            case State state -> numbers(to, Ifla.VF_LINK_STATE, index, number(state));
        }
    }

    /// `u32 index | octets[32]`, struct ifla_vf_mac.
    private static void mac(MessageWriter to, int index, Mac mac) {
        to.nest(
                Ifla.VF_MAC,
                () -> {
                    to.putU32(index);
                    for (byte octet : mac.address().octets()) {
                        to.putU8(octet);
                    }
                    for (int i = 6; i < MAC_ROOM; i++) {
                        to.putU8(0);
                    }
                });
    }

    /// `u32 index | u32 vlan | u32 qos | be16 protocol | padding`, struct ifla_vf_vlan_info.
    private static void vlan(MessageWriter to, int index, Vlan vlan) {
        int protocol = vlan.protocol().etherType();
        to.nest(
                Ifla.VF_VLAN_INFO,
                () ->
                        to.putU32(index)
                                .putU32(vlan.id())
                                .putU32(vlan.qos())
                                .putU8(protocol >> 8)
                                .putU8(protocol & 0xff)
                                .putU16(0));
    }

    /// IFLA_VF_LINK_STATE_AUTO and its kin.
    static int number(State state) {
        return switch (state) {
            case AUTO -> 0;
            case ENABLE -> 1;
            case DISABLE -> 2;
        };
    }

    private static void numbers(MessageWriter to, int type, int index, int... values) {
        to.nest(
                type,
                () -> {
                    to.putU32(index);
                    for (int value : values) {
                        to.putU32(value);
                    }
                });
    }
}
