package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// What CHECK looks at beside the port: the bridge, the gateway, and the pod's end.
final class BridgeCheck {
    private BridgeCheck() {}

    static Link bridge(Netns node, BridgeConfig config) {
        Link bridge =
                HostBridge.find(node, config)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "bridge %s should be on the host, and is not there"
                                                .formatted(config.bridgeName())));
        if (config.promiscMode() && !bridge.settings().promiscuous()) {
            throw CniException.changed(
                    "bridge %s should be promiscuous, and is not".formatted(bridge.name()));
        }
        return bridge;
    }

    static void gateways(Netns node, BridgeConfig config, Link bridge, List<Ip> ips) {
        if (!config.hasGateway() || ips.isEmpty()) {
            return;
        }
        Link link = config.vlan() == 0 ? bridge : vlanGateway(node, config, bridge);
        List<Cidr> present = node.rtnl().addresses(link.index());
        for (Ip ip : ips) {
            ip.gateway()
                    .map(gateway -> new Cidr(gateway, ip.address().prefix()))
                    .filter(gateway -> !present.contains(gateway))
                    .ifPresent(gateway -> {
                        throw CniException.changed(
                                "bridge %s should have address %s, and has %s"
                                        .formatted(link.name(), gateway, present));
                    });
        }
    }

    private static Link vlanGateway(Netns node, BridgeConfig config, Link bridge) {
        Link gateway =
                VlanGateway.find(node, config, bridge)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "link %s, the gateway on VLAN %d, should be on the host, and is not there"
                                                .formatted(
                                                        config.vlanGatewayName(), config.vlan())));
        if (!VlanGateway.changes(node, config, bridge, gateway).isEmpty()) {
            throw CniException.changed(
                    "link %s, the gateway on VLAN %d of bridge %s, is down, or its port is, or that carries other VLANs"
                            .formatted(gateway.name(), config.vlan(), bridge.name()));
        }
        return gateway;
    }

    /// The pod's end; one that is the pod's own affair has to be there only.
    static void podEnd(BridgeConfig config, Netns pod, LeasedLink link) {
        if (!config.disableContainerInterface()) {
            link.check(pod);
        } else if (pod.rtnl().find(link.index()).isEmpty()) {
            throw CniException.changed(
                    "link %s (index %d) should be in %s, and is not there"
                            .formatted(link.name(), link.index(), pod.path()));
        }
    }
}
