package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.SetMaster;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The link that carries a gateway's addresses on a VLAN of a bridge. As the reference plugin makes
/// it, it is named after both, such as `cni0.100`, and is one end of a pair whose other end is a
/// port of the bridge. A link of kind vlan on the bridge, of that name and VLAN, serves as well.
final class VlanGateway {
    /// The kernel puts a number there (dev_alloc_name).
    private static final String PORT = "pbgw%d";

    private VlanGateway() {}

    static Optional<Link> find(Netns host, BridgeConfig config, Link bridge) {
        Optional<Link> found = host.rtnl().find(config.vlanGatewayName());
        if (found.isPresent() && !serves(host, config, bridge, found.get())) {
            throw CniException.invalidConfig(
                    "link %s should be the gateway on VLAN %d of bridge %s, and is another one (kind \"%s\"): give the bridge another name"
                            .formatted(
                                    config.vlanGatewayName(),
                                    config.vlan(),
                                    bridge.name(),
                                    found.get().kind()));
        }
        return found;
    }

    private static boolean serves(Netns host, BridgeConfig config, Link bridge, Link link) {
        if (link.kind().equals("vlan")) {
            return link.parent().equals(OptionalInt.of(bridge.index()))
                    && link.vlan().equals(OptionalInt.of(config.vlan()));
        }
        return port(host, link)
                .filter(port -> port.master().orElse(bridge.index()) == bridge.index())
                .isPresent();
    }

    /// The other end of a pair, as a port of the bridge or soon to be one.
    static Optional<Link> port(Netns host, Link gateway) {
        return gateway.kind().equals("veth") && gateway.parent().isPresent()
                ? host.rtnl()
                        .find(gateway.parent().getAsInt())
                        .filter(peer -> peer.parent().equals(OptionalInt.of(gateway.index())))
                : Optional.empty();
    }

    static Link create(Netns host, BridgeConfig config, Link bridge) {
        Head gateway =
                Head.named(config.vlanGatewayName()).mtu(bridge.mtu()).mac(VethPair.random());
        Head port = Head.named(PORT).mtu(bridge.mtu());
        host.rtnl().apply(new CreateLink(new LinkSpec.Veth(gateway, port)));
        Forwarding.ignoreAdvertisements(host, config.vlanGatewayName());
        return find(host, config, bridge)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "link %s was deleted while it was being set up"
                                        .formatted(config.vlanGatewayName())));
    }

    /// What makes it work, which is nothing where it does.
    static List<Change> changes(Netns host, BridgeConfig config, Link bridge, Link gateway) {
        List<Change> changes = new ArrayList<>();
        port(host, gateway).ifPresent(port -> plug(host, config, bridge, port, changes));
        if (!gateway.up()) {
            changes.add(new SetUp(gateway.index(), true));
        }
        return changes;
    }

    private static void plug(
            Netns host, BridgeConfig config, Link bridge, Link port, List<Change> changes) {
        PortVlans vlans = PortVlans.ofGateway(config);
        if (port.master().isEmpty()) {
            changes.add(new SetMaster(port.index(), bridge.index()));
            changes.addAll(vlans.changes(port.index()));
        } else if (!vlans.areOn(host, port.index())) {
            changes.addAll(vlans.changes(port.index()));
        }
        if (!port.up()) {
            changes.add(new SetUp(port.index(), true));
        }
    }
}
