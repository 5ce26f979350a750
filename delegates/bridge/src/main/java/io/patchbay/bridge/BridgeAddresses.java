package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import java.util.ArrayList;
import java.util.List;

/// The gateways' addresses on a bridge, or on its link of a VLAN. As the reference plugin: of IPv4
/// there are those of one network only, of IPv6 any that do not overlap.
final class BridgeAddresses {
    private BridgeAddresses() {}

    /// What gives a link the addresses that it lacks.
    static List<Change> changes(
            Link link, BridgeConfig config, List<Cidr> present, List<Cidr> wanted) {
        List<Change> changes = new ArrayList<>();
        for (Cidr other : present) {
            if (!wanted.contains(other) && wanted.stream().anyMatch(one -> conflicts(one, other))) {
                if (!config.forceAddress()) {
                    throw CniException.invalidConfig(
                            "bridge %s has address %s, and this network needs %s there: set \"forceAddress\" to replace it, or name another bridge"
                                    .formatted(link.name(), other, wanted));
                }
                changes.add(new DeleteAddress(link.index(), other));
            }
        }
        wanted.stream()
                .filter(address -> !present.contains(address))
                .forEach(address -> changes.add(new AddAddress(link.index(), address)));
        // An adopted bridge may take the lowest MAC address of its ports: the gateway's would
        // change with every pod. Set once by hand, it stays.
        if (!changes.isEmpty()) {
            link.mac().ifPresent(mac -> changes.add(new SetMac(link.index(), mac)));
        }
        return changes;
    }

    private static boolean conflicts(Cidr wanted, Cidr other) {
        if (wanted.isIpv6() != other.isIpv6()) {
            return false;
        }
        return !wanted.isIpv6()
                || wanted.contains(other.address())
                || other.contains(wanted.address());
    }
}
