package io.patchbay.kit.machine;

import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a card on paper has set for its virtual functions. Source: the kernel's
/// drivers/net/ethernet/intel/igb/igb_main.c.
final class PaperPorts {
    private static final int LINE_RATE = 1000;

    private final List<VirtualFunction> all = new ArrayList<>();

    /// Those whose MAC address the physical function gave.
    private final Set<Integer> fixed = new HashSet<>();

    private final int physical;

    PaperPorts(int physical, int count) {
        this.physical = physical;
        for (int i = 0; i < count; i++) {
            all.add(
                    new VirtualFunction(
                            i,
                            new MacAddress(0x0200_0000_0110L + 0x10L * physical + i),
                            new Vlan(0, 0, VlanProtocol.DOT1Q),
                            new Rate(0, 0),
                            Optional.of(true),
                            Optional.of(false),
                            State.AUTO));
        }
    }

    synchronized List<VirtualFunction> all() {
        return List.copyOf(all);
    }

    /// A driver that begins takes what the physical function has, or draws one.
    synchronized MacAddress macAtBirth(int index) {
        MacAddress known = all.get(index).mac();
        return known.value() != 0
                ? known
                : new MacAddress(0x0200_0000_0310L + 0x10L * physical + index);
    }

    synchronized void set(int index, Setting setting) {
        VirtualFunction of = all.get(index);
        switch (setting) {
            case State _ -> throw refusal(setting, KernelException.EOPNOTSUPP);
            case Rate(int least, int most) when least != 0 || most > LINE_RATE ->
                    throw refusal(setting, KernelException.EINVAL);
            case Mac(MacAddress mac) when mac.value() == 0 -> fixed.remove(index);
            case Mac _ -> fixed.add(index);
            default -> {}
        }
        all.set(
                index,
                new VirtualFunction(
                        index,
                        setting instanceof Mac mac ? mac.address() : of.mac(),
                        setting instanceof Vlan vlan ? vlan : of.vlan(),
                        setting instanceof Rate rate ? rate : of.rate(),
                        setting instanceof SpoofCheck check
                                ? Optional.of(check.on())
                                : of.spoofCheck(),
                        setting instanceof Trust trust ? Optional.of(trust.on()) : of.trust(),
                        of.state()));
    }

    /// A link chooses its own address; EADDRNOTAVAIL where the physical function gave it one and
    /// does not trust it.
    synchronized void choose(int index, MacAddress mac) {
        VirtualFunction of = all.get(index);
        if (fixed.contains(index) && !of.trust().orElse(false)) {
            throw refusal(new Mac(mac), KernelException.EADDRNOTAVAIL);
        }
        all.set(
                index,
                new VirtualFunction(
                        index, mac, of.vlan(), of.rate(), of.spoofCheck(), of.trust(), of.state()));
    }

    private static KernelException refusal(Setting setting, int errno) {
        return new KernelException("set " + setting, errno, "errno " + errno + " (on paper)");
    }
}
