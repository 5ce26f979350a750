package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The bridges on the host. One is created when it is first needed, adopted when it exists, and
/// never deleted: neither it nor its addresses belong to a sandbox.
final class HostBridge {
    private static final String KIND = "bridge";

    /// The bridge of a network, if it exists; a link of another kind under its name is code 7.
    static Optional<Link> find(Netns host, String name) {
        Optional<Link> found = host.rtnl().find(name);
        if (found.isPresent() && !found.get().kind().equals(KIND)) {
            throw CniException.invalidConfig(
                    "\"bridge\" is \"%s\", but that link is no bridge (%s): name another one"
                            .formatted(name, kind(found.get())));
        }
        return found;
    }

    private static String kind(Link link) {
        return link.kind().isEmpty() ? "a device" : "of kind " + link.kind();
    }

    /// The bridge, up and with its addresses. Where it is so already, nobody waits; what is to be
    /// changed is changed by one call at a time, so that two networks cannot both find a bridge
    /// without an address. What others do meanwhile is met by its EEXIST.
    Link ensure(Netns host, BridgeConfig config, List<Cidr> addresses) {
        Optional<Link> present = find(host, config.bridgeName());
        if (present.isPresent() && changes(host, config, present.get(), addresses).isEmpty()) {
            return present.get();
        }
        return change(host, config, addresses);
    }

    private synchronized Link change(Netns host, BridgeConfig config, List<Cidr> addresses) {
        Link bridge = find(host, config.bridgeName()).orElseGet(() -> create(host, config));
        List<Change> changes = changes(host, config, bridge, addresses);
        if (!changes.isEmpty()) {
            host.rtnl().apply(changes);
        }
        return bridge;
    }

    private static List<Change> changes(
            Netns host, BridgeConfig config, Link bridge, List<Cidr> addresses) {
        List<Change> changes = new ArrayList<>();
        if (!bridge.up()) {
            changes.add(new SetUp(bridge.index(), true));
        }
        if (!addresses.isEmpty()) {
            List<Cidr> present = host.rtnl().addresses(bridge.index());
            changes.addAll(readdress(bridge, config, present, addresses));
        }
        return changes;
    }

    private static Link create(Netns host, BridgeConfig config) {
        LinkSpec.Head head =
                LinkSpec.Head.named(config.bridgeName())
                        .mtu(config.mtu())
                        .mac(MacAddress.random(ThreadLocalRandom.current()))
                        .asUp();
        try {
            host.rtnl().apply(new CreateLink(new LinkSpec.Bridge(head)));
            ignoreAdvertisements(host, config.bridgeName());
        } catch (KernelException e) {
            if (!e.exists()) {
                throw e;
            }
        }
        return find(host, config.bridgeName())
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "bridge %s was deleted while it was being set up"
                                        .formatted(config.bridgeName())));
    }

    // A bridge is the pods' router, if anything: it must not follow what a pod advertises.
    private static void ignoreAdvertisements(Netns host, String bridge) {
        String key = "net/ipv6/conf/" + bridge + "/accept_ra";
        if (host.sysctl().find(key).isPresent()) {
            host.sysctl().set(key, "0");
        }
    }

    /// What gives a bridge the addresses it lacks. As the reference plugin: of IPv4 a bridge has
    /// the addresses of one network only, of IPv6 any that do not overlap.
    static List<Change> readdress(
            Link bridge, BridgeConfig config, List<Cidr> present, List<Cidr> wanted) {
        List<Change> changes = new ArrayList<>();
        for (Cidr other : present) {
            if (!wanted.contains(other) && wanted.stream().anyMatch(one -> conflicts(one, other))) {
                if (!config.forceAddress()) {
                    throw CniException.invalidConfig(
                            "bridge %s has address %s, and this network needs %s there: set \"forceAddress\" to replace it, or name another bridge"
                                    .formatted(bridge.name(), other, wanted));
                }
                changes.add(new DeleteAddress(bridge.index(), other));
            }
        }
        wanted.stream()
                .filter(address -> !present.contains(address))
                .forEach(address -> changes.add(new AddAddress(bridge.index(), address)));
        // An adopted bridge may take the lowest MAC address of its ports: the gateway's would
        // change with every pod. Set once by hand, it stays.
        if (!changes.isEmpty()) {
            bridge.mac().ifPresent(mac -> changes.add(new SetMac(bridge.index(), mac)));
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

    /// Lets the host forward the families that the addresses are of.
    static void forward(Netns host, List<Cidr> addresses) {
        if (addresses.stream().anyMatch(address -> !address.isIpv6())) {
            enable(host, "net/ipv4/ip_forward");
        }
        if (addresses.stream().anyMatch(Cidr::isIpv6)) {
            enable(host, "net/ipv6/conf/all/forwarding");
        }
    }

    private static void enable(Netns host, String key) {
        if (host.sysctl().find(key).filter("1"::equals).isEmpty()) {
            host.sysctl().set(key, "1");
        }
    }
}
