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
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Attaches pods to bridges: the bridge, a veth pair, the lease, masquerading and a check of MAC
/// addresses if asked for.
final class BridgeDelegate implements Delegate<BridgeConfig> {
    private final HostBridge bridges;
    private final Masquerade masquerade;
    private final SpoofCheck spoofCheck;
    private final Netns host;

    BridgeDelegate(HostBridge bridges, Masquerade masquerade, SpoofCheck spoofCheck, Netns host) {
        this.bridges = bridges;
        this.masquerade = masquerade;
        this.spoofCheck = spoofCheck;
        this.host = host;
    }

    @Override
    public void start() {
        masquerade.sets().restore(host);
        spoofCheck.sets().restore(host);
        bridges.removeUnused(host);
    }

    @Override
    public void probe(Attachment<BridgeConfig> attachment, Netns pod) {
        attachment.mac();
        if (attachment.config().disableContainerInterface() && attachment.ipam().isConfigured()) {
            throw CniException.invalidConfig(
                    "\"disableContainerInterface\" is true, and \"ipam\" would give the interface addresses: leave one of them out");
        }
        refuseGatewayBeforeAddresses(attachment);
        HostBridge.find(attachment.host(), attachment.config());
    }

    private static void refuseGatewayBeforeAddresses(Attachment<BridgeConfig> attachment) {
        BridgeConfig config = attachment.config();
        if (attachment.ipam().needsLink() && (config.hasGateway() || config.ipMasq())) {
            throw CniException.invalidConfig(
                    "\"%s\" is true, which is done by the pod's addresses before it has a link, and \"ipam\" asks for them over that: leave it out, for the gateway is the DHCP server's matter"
                            .formatted(
                                    config.ipMasq()
                                            ? "ipMasq"
                                            : config.isGateway()
                                                    ? "isGateway"
                                                    : "isDefaultGateway"));
        }
    }

    @Override
    public Attached add(Attachment<BridgeConfig> attachment, Netns pod) {
        BridgeConfig config = attachment.config();
        Netns node = attachment.host();
        Gateways gateways = gateways(config, attachment);
        BridgePort port =
                BridgePort.of(VethPair.of(attachment, config.mtu(), config.mac()), config);
        HostBridge.Ready ready =
                bridges.use(
                        config,
                        () -> {
                            HostBridge.Ready there =
                                    bridges.ensure(node, config, gateways.addresses());
                            guard(attachment, gateways, port.pair());
                            port.create(node, pod, attachment.group(), there.bridge());
                            return there;
                        });
        Lease lease =
                attachment.ipam().needsLink() ? leaseOver(port, attachment, pod) : gateways.lease();
        LeasedLink link = new LeasedLink(port.pair().podIndex(), attachment.id().ifName(), lease);
        if (!config.disableContainerInterface()) {
            bringUp(config, node, pod, port, link);
        }
        CniResult result = link.result(interfaces(ready, port.pair(), pod));
        return Attached.of(attachment.told().plus(result));
    }

    /// What is asked before the bridge forwards for the port is lost.
    private static Lease leaseOver(
            BridgePort port, Attachment<BridgeConfig> attachment, Netns pod) {
        pod.rtnl().apply(new SetUp(port.pair().podIndex(), true));
        port.awaitForwarding(attachment.host());
        return attachment.ipam().acquire();
    }

    private static Gateways gateways(BridgeConfig config, Attachment<BridgeConfig> attachment) {
        if (attachment.ipam().needsLink()) {
            return Gateways.none(Lease.EMPTY);
        }
        return config.hasGateway()
                ? Gateways.of(attachment.ipam().acquire(), config.isDefaultGateway())
                : Gateways.none(attachment.ipam().acquire());
    }

    /// What the node's own rules have to say of the pod, before it can send anything.
    private void guard(Attachment<BridgeConfig> attachment, Gateways gateways, VethPair pair) {
        BridgeConfig config = attachment.config();
        Netns node = attachment.host();
        List<Cidr> own = gateways.lease().ips().stream().map(Ip::address).toList();
        if (config.hasGateway() || config.ipMasq()) {
            Forwarding.enable(node, own);
        }
        if (config.ipMasq()) {
            masquerade.add(node, attachment.id(), own);
        }
        if (config.macspoofchk()) {
            spoofCheck.add(node, attachment.id(), pair);
        }
    }

    private static void bringUp(
            BridgeConfig config, Netns node, Netns pod, BridgePort port, LeasedLink link) {
        if (config.enabledad()) {
            pod.rtnl().apply(new SetUp(link.index(), true));
            port.awaitForwarding(node);
            link.configureIfFree(pod);
        } else {
            link.configure(pod);
            port.awaitForwarding(node);
        }
        link.announce(pod);
    }

    /// In the reference plugin's order.
    private static List<Interface> interfaces(HostBridge.Ready ready, VethPair pair, Netns pod) {
        List<Interface> interfaces = new ArrayList<>();
        interfaces.add(onHost(ready.bridge()));
        interfaces.add(pair.hostInterface());
        interfaces.add(pair.podInterface(pod));
        ready.gateway().map(BridgeDelegate::onHost).ifPresent(interfaces::add);
        return interfaces;
    }

    private static Interface onHost(Link link) {
        return new Interface(
                link.name(), link.mac(), link.mtu(), "", Optional.empty(), Optional.empty());
    }

    @Override
    public void check(Attachment<BridgeConfig> attachment, Netns pod) {
        BridgeConfig config = attachment.config();
        Netns node = attachment.host();
        CniResult result = attachment.told();
        BridgePort port =
                BridgePort.of(VethPair.of(attachment, config.mtu(), config.mac()), config);
        LeasedLink link = LeasedLink.of(port.pair().podIndex(), attachment.id().ifName(), result);

        Link bridge = BridgeCheck.bridge(node, config);
        Link hostEnd = port.check(node, bridge);
        BridgeCheck.podEnd(config, pod, link);
        List<Ip> ips = link.lease().ips();
        BridgeCheck.gateways(node, config, bridge, ips);
        if (config.ipMasq()) {
            masquerade.check(node, ips.stream().map(Ip::address).toList());
        }
        if (config.macspoofchk()) {
            spoofCheck.check(node, attachment.id(), hostEnd);
        }
    }

    @Override
    public void del(Detachment<BridgeConfig> detachment, Optional<Netns> pod) {
        Netns node = detachment.host();
        masquerade.sets().remove(node, detachment.id());
        // A pod that is still running must not find its port open for a moment, and a port that is
        // still there keeps its bridge.
        boolean mayRemove = bridges.mayRemove();
        if (mayRemove || spoofCheck.watches(detachment.id())) {
            VethPair.delete(detachment);
        }
        spoofCheck.sets().remove(node, detachment.id());
        if (mayRemove) {
            bridges.removeUnused(node);
        }
    }

    @Override
    public void gc(NetworkConfig<BridgeConfig> network, Set<AttachmentId> valid) {
        masquerade.sets().removeAllBut(host, network.network(), valid);
        spoofCheck.sets().removeAllBut(host, network.network(), valid);
        bridges.removeUnused(host);
    }

    @Override
    public void status(NetworkConfig<BridgeConfig> network) {
        try {
            HostBridge.find(host, network.config());
        } catch (CniException e) {
            throw new CniException(Standard.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
