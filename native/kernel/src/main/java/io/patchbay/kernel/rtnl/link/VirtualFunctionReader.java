package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the virtual functions out of the RTM_NEWLINK of their physical link.
public final class VirtualFunctionReader {
    private int index;
    private MacAddress mac = new MacAddress(0);
    private Vlan vlan = new Vlan(0, 0, VlanProtocol.DOT1Q);
    private Rate rate = new Rate(0, 0);
    private Optional<Boolean> spoofCheck = Optional.empty();
    private Optional<Boolean> trust = Optional.empty();
    private State state = State.AUTO;

    private VirtualFunctionReader() {}

    public static void read(Message message, Consumer<List<VirtualFunction>> to) {
        if (message.type() == Rtm.NEWLINK) {
            to.accept(all(message.attributes(LinkMessages.HEADER)));
        }
    }

    /// The list's length is a u16 that wraps around without a word (nla_nest_end), hence the count.
    private static List<VirtualFunction> all(Attributes link) {
        List<VirtualFunction> found = new ArrayList<>();
        int count = 0;
        boolean told = false;
        while (link.next()) {
            switch (link.type()) {
                case Ifla.NUM_VF -> count = link.u32();
                case Ifla.VFINFO_LIST -> {
                    told = true;
                    readList(link.nested(), found);
                }
                default -> {}
            }
        }
        String operation = "read the virtual functions";
        if (count != 0 && !told) {
            throw Errno.exception(
                    operation,
                    KernelException.EOPNOTSUPP,
                    "the driver does not tell of its " + count);
        }
        if (found.stream().map(VirtualFunction::index).distinct().count() != count) {
            throw Errno.exception(
                    operation,
                    Errno.EMSGSIZE,
                    "the kernel says that there are %d, and shows %d"
                            .formatted(count, found.size()));
        }
        found.sort(Comparator.comparingInt(VirtualFunction::index));
        return found;
    }

    private static void readList(Attributes list, List<VirtualFunction> to) {
        while (list.next()) {
            if (list.type() == Ifla.VF_INFO) {
                to.add(new VirtualFunctionReader().one(list.nested()));
            }
        }
    }

    private VirtualFunction one(Attributes info) {
        try {
            while (info.next()) {
                read(info);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Errno.exception("decode a virtual function", Errno.EBADMSG, e.toString());
        }
        return new VirtualFunction(index, mac, vlan, rate, spoofCheck, trust, state);
    }

    /// Each begins with the index.
    private void read(Attributes attribute) {
        ByteBuffer value = attribute.raw();
        switch (attribute.type()) {
            case Ifla.VF_MAC -> {
                index = value.getInt(0);
                mac = MacAddress.of(Arrays.copyOfRange(attribute.bytes(), 4, 10));
            }
            case Ifla.VF_RATE -> rate = new Rate(value.getInt(4), value.getInt(8));
            case Ifla.VF_SPOOFCHK -> spoofCheck = flag(value.getInt(4));
            case Ifla.VF_TRUST -> trust = flag(value.getInt(4));
            case Ifla.VF_LINK_STATE -> state = state(value.getInt(4));
            case Ifla.VF_VLAN_LIST -> readVlans(attribute.nested());
            default -> {}
        }
    }

    private void readVlans(Attributes list) {
        while (list.next()) {
            if (list.type() == Ifla.VF_VLAN_INFO) {
                ByteBuffer value = list.raw();
                int type = value.order(ByteOrder.BIG_ENDIAN).getShort(12) & 0xffff;
                var _ = value.order(ByteOrder.nativeOrder());
                vlan = new Vlan(value.getInt(4), value.getInt(8), VlanProtocol.of(type));
            }
        }
    }

    /// All ones where the driver left it as it was asked.
    private static Optional<Boolean> flag(int value) {
        return value == -1 ? Optional.empty() : Optional.of(value != 0);
    }

    private static State state(int value) {
        return Arrays.stream(State.values())
                .filter(state -> VirtualFunctionMessages.number(state) == value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("link state " + value));
    }
}
