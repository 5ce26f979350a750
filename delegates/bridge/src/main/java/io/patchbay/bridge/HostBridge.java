package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.SetPromiscuous;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// The bridges on the host. One is created when it is first needed and adopted when it exists.
/// Neither it nor its addresses belong to a sandbox: it stays, unless it was made here and its
/// network wants it gone with the last port.
final class HostBridge {
    private static final String KIND = "bridge";

    /// A bridge that is ready for a pod.
    ///
    /// @param gateway the link of the gateway's addresses, where that is not the bridge itself
    record Ready(Link bridge, Optional<Link> gateway) {
        Link addressed() {
            return gateway.orElse(bridge);
        }
    }

    private final MadeBridges made;
    private final Lock removing = new ReentrantLock();
    // By the name of the bridge: read by who plugs a pod in, written by who removes it.
    private final Map<String, ReadWriteLock> locks = new ConcurrentHashMap<>();

    HostBridge(MadeBridges made) {
        this.made = made;
    }

    /// The bridge of a network, if it exists; a link of another kind under its name is code 7, and
    /// so is a bridge that would let the pods' VLANs run together.
    static Optional<Link> find(Netns host, BridgeConfig config) {
        String name = config.bridgeName();
        Optional<Link> found = host.rtnl().find(name);
        if (found.isPresent() && !found.get().kind().equals(KIND)) {
            throw CniException.invalidConfig(
                    "\"bridge\" is \"%s\", but that link is no bridge (%s): name another one"
                            .formatted(name, kind(found.get())));
        }
        if (found.isPresent() && config.filtersVlans() && !found.get().bridge().filtersVlans()) {
            throw CniException.invalidConfig(
                    "\"bridge\" is \"%s\", which does not filter VLANs, and the network has \"%s\": set vlan_filtering of the bridge to 1, or name another one"
                            .formatted(name, config.vlan() == 0 ? "vlanTrunk" : "vlan"));
        }
        return found;
    }

    private static String kind(Link link) {
        return link.kind().isEmpty() ? "a device" : "of kind " + link.kind();
    }

    /// Runs an action that plugs a pod in; its bridge is not removed meanwhile.
    <T> T use(BridgeConfig config, Supplier<T> action) {
        Lock using = lock(config.bridgeName()).readLock();
        using.lock();
        try {
            return action.get();
        } finally {
            using.unlock();
        }
    }

    private ReadWriteLock lock(String name) {
        return locks.computeIfAbsent(name, _ -> new ReentrantReadWriteLock());
    }

    /// Whether there may be a bridge to remove.
    boolean mayRemove() {
        return !made.removable().isEmpty();
    }

    /// Removes the bridges that are to go with their last port and have lost it. Nobody waits for a
    /// bridge that a pod is being plugged into: that pod's DEL will come by here.
    void removeUnused(Netns host) {
        removing.lock();
        try {
            made.removable().forEach(name -> removeUnlessUsed(host, name));
        } finally {
            removing.unlock();
        }
    }

    private void removeUnlessUsed(Netns host, String name) {
        Lock alone = lock(name).writeLock();
        if (alone.tryLock()) {
            try {
                made.removeIfUnused(host, name);
            } finally {
                alone.unlock();
            }
        }
    }

    /// The bridge, up and with its addresses. Where it is so already, nobody waits; what is to be
    /// changed is changed by one call at a time, so that two networks cannot both find a bridge
    /// without an address. What others do meanwhile is met by its EEXIST.
    Ready ensure(Netns host, BridgeConfig config, List<Cidr> addresses) {
        Optional<Ready> present =
                find(host, config).flatMap(bridge -> present(host, config, bridge, addresses));
        boolean whole =
                present.isPresent() && changes(host, config, present.get(), addresses).isEmpty();
        Ready ready = whole ? present.get() : change(host, config, addresses);
        if (config.removeWithLastPort()) {
            made.willRemove(ready.bridge());
        }
        return ready;
    }

    private static Optional<Ready> present(
            Netns host, BridgeConfig config, Link bridge, List<Cidr> addresses) {
        if (!hasVlanGateway(config, addresses)) {
            return Optional.of(new Ready(bridge, Optional.empty()));
        }
        return VlanGateway.find(host, config, bridge)
                .map(gateway -> new Ready(bridge, Optional.of(gateway)));
    }

    private static boolean hasVlanGateway(BridgeConfig config, List<Cidr> addresses) {
        return config.vlan() != 0 && !addresses.isEmpty();
    }

    private synchronized Ready change(Netns host, BridgeConfig config, List<Cidr> addresses) {
        Link bridge = find(host, config).orElseGet(() -> create(host, config));
        Ready ready =
                present(host, config, bridge, addresses)
                        .orElseGet(() -> withVlanGateway(host, config, bridge));
        List<Change> changes = changes(host, config, ready, addresses);
        if (!changes.isEmpty()) {
            made.willAddress(bridge, ready.addressed(), addresses);
            host.rtnl().apply(changes);
        }
        return ready;
    }

    private static Ready withVlanGateway(Netns host, BridgeConfig config, Link bridge) {
        Link gateway = VlanGateway.create(host, config, bridge);
        return new Ready(bridge, Optional.of(gateway));
    }

    private static List<Change> changes(
            Netns host, BridgeConfig config, Ready ready, List<Cidr> addresses) {
        Link bridge = ready.bridge();
        List<Change> changes = new ArrayList<>();
        if (!bridge.up()) {
            changes.add(new SetUp(bridge.index(), true));
        }
        if (config.promiscMode() && !bridge.settings().promiscuous()) {
            changes.add(new SetPromiscuous(bridge.index(), true));
        }
        ready.gateway()
                .ifPresent(gateway ->
                        changes.addAll(VlanGateway.changes(host, config, bridge, gateway)));
        if (!addresses.isEmpty()) {
            Link link = ready.addressed();
            List<Cidr> present = host.rtnl().addresses(link.index());
            changes.addAll(BridgeAddresses.changes(link, config, present, addresses));
        }
        return changes;
    }

    private Link create(Netns host, BridgeConfig config) {
        MacAddress mac = VethPair.random();
        LinkSpec.Head head =
                LinkSpec.Head.named(config.bridgeName()).mtu(config.mtu()).mac(mac).asUp();
        made.willMake(config.bridgeName(), mac, config.removeWithLastPort());
        try {
            host.rtnl().apply(new CreateLink(new LinkSpec.Bridge(head, config.filtersVlans())));
            Forwarding.ignoreAdvertisements(host, config.bridgeName());
        } catch (KernelException e) {
            if (!e.exists()) {
                throw e;
            }
        }
        return find(host, config)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "bridge %s was deleted while it was being set up"
                                        .formatted(config.bridgeName())));
    }
}
