package io.patchbay.bridge;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Attaches pods to bridges: the bridge, a veth pair, the lease, and masquerading if asked for.
final class BridgeDelegate implements Delegate<BridgeConfig> {
    private final HostBridge bridges;
    private final Masquerade masquerade;
    private final Netns host;

    BridgeDelegate(HostBridge bridges, Masquerade masquerade, Netns host) {
        this.bridges = bridges;
        this.masquerade = masquerade;
        this.host = host;
    }

    @Override
    public void start() {
        masquerade.restore(host);
    }

    @Override
    public void probe(Attachment<BridgeConfig> attachment, Netns pod) {
        attachment.mac();
        HostBridge.find(attachment.host(), attachment.config().bridgeName());
    }

    @Override
    public Attached add(Attachment<BridgeConfig> attachment, Netns pod) {
        BridgeConfig config = attachment.config();
        Netns node = attachment.host();
        Gateways gateways = Gateways.of(config, attachment.ipam().acquire());
        List<Cidr> own = gateways.lease().ips().stream().map(Ip::address).toList();

        Link bridge = bridges.ensure(node, config, gateways.addresses());
        if (config.hasGateway() || config.ipMasq()) {
            HostBridge.forward(node, own);
        }
        if (config.ipMasq()) {
            masquerade.add(node, attachment.id(), own);
        }
        VethPair pair = VethPair.of(attachment);
        pair.create(node, pod, bridge, attachment.group());
        LeasedLink link =
                new LeasedLink(pair.podIndex(), attachment.id().ifName(), gateways.lease());
        link.configure(pod);
        link.announce(pod);

        CniResult result =
                link.result(List.of(onHost(bridge), pair.hostInterface(), pair.podInterface(pod)));
        return Attached.of(attachment.previous().map(before -> before.plus(result)).orElse(result));
    }

    private static Interface onHost(Link bridge) {
        return new Interface(
                bridge.name(), bridge.mac(), bridge.mtu(), "", Optional.empty(), Optional.empty());
    }

    @Override
    public void check(Attachment<BridgeConfig> attachment, Netns pod) {
        BridgeConfig config = attachment.config();
        Netns node = attachment.host();
        Link bridge =
                HostBridge.find(node, config.bridgeName())
                        .orElseThrow(() ->
                                CniException.changed(
                                        "bridge %s should be on the host, and is not there"
                                                .formatted(config.bridgeName())));
        VethPair pair = VethPair.of(attachment);
        pair.check(node, bridge);
        LeasedLink link =
                LeasedLink.of(
                        pair.podIndex(),
                        attachment.id().ifName(),
                        attachment.previous().orElse(CniResult.EMPTY));
        link.check(pod);
        List<Ip> ips = link.lease().ips();
        if (config.hasGateway()) {
            checkGateways(node, bridge, ips);
        }
        if (config.ipMasq()) {
            masquerade.check(node, ips.stream().map(Ip::address).toList());
        }
    }

    private static void checkGateways(Netns node, Link bridge, List<Ip> ips) {
        List<Cidr> present = node.rtnl().addresses(bridge.index());
        for (Ip ip : ips) {
            ip.gateway()
                    .map(gateway -> new Cidr(gateway, ip.address().prefix()))
                    .filter(gateway -> !present.contains(gateway))
                    .ifPresent(gateway -> {
                        throw CniException.changed(
                                "bridge %s should have address %s, and has %s"
                                        .formatted(bridge.name(), gateway, present));
                    });
        }
    }

    @Override
    public void del(Detachment<BridgeConfig> detachment, Optional<Netns> pod) {
        masquerade.remove(detachment.host(), detachment.id());
    }

    @Override
    public void gc(NetworkConfig<BridgeConfig> network, Set<AttachmentId> valid) {
        masquerade.removeAllBut(host, network.network(), valid);
    }

    @Override
    public void status(NetworkConfig<BridgeConfig> network) {
        try {
            HostBridge.find(host, network.config().bridgeName());
        } catch (CniException e) {
            throw new CniException(Standard.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
