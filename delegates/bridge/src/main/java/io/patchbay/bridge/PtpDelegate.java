package io.patchbay.bridge;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Attaches pods to the node itself: a veth pair of which the node's end is the gateway.
final class PtpDelegate implements Delegate<PtpConfig> {
    private final Masquerade masquerade;
    private final Netns host;

    PtpDelegate(Masquerade masquerade, Netns host) {
        this.masquerade = masquerade;
        this.host = host;
    }

    @Override
    public void start() {
        masquerade.sets().restore(host);
    }

    @Override
    public void probe(Attachment<PtpConfig> attachment, Netns pod) {
        attachment.mac();
        if (!attachment.ipam().isConfigured()) {
            throw CniException.invalidConfig(
                    "\"ipam\" is missing: a network of type ptp is the routes to a pod's addresses, so give it some");
        }
    }

    @Override
    public Attached add(Attachment<PtpConfig> attachment, Netns pod) {
        PtpConfig config = attachment.config();
        Netns node = attachment.host();
        Gateways gateways = Gateways.of(attachment.ipam().acquire(), false);
        List<Ip> ips = gateways.lease().ips();
        if (ips.isEmpty()) {
            throw CniException.invalidConfig(
                    "the \"ipam\" of %s gave no address, and a network of type ptp is the routes to them"
                            .formatted(attachment.id().network()));
        }
        List<Cidr> own = ips.stream().map(Ip::address).toList();
        Forwarding.enable(node, own);
        if (config.ipMasq()) {
            masquerade.add(node, attachment.id(), own);
        }
        VethPair pair = VethPair.of(attachment, config.mtu(), Optional.empty());
        pair.create(node, pod, attachment.group(), OptionalInt.empty(), List.of());
        Forwarding.ignoreAdvertisements(node, pair.hostName());
        PtpRoutes routes = new PtpRoutes(pair, ips);
        routes.addOnHost(node);
        LeasedLink link =
                new LeasedLink(pair.podIndex(), attachment.id().ifName(), gateways.lease());
        link.configure(pod);
        pod.rtnl().apply(routes.inPod());

        CniResult result = link.result(List.of(pair.hostInterface(), pair.podInterface(pod)));
        return Attached.of(attachment.told().plus(result));
    }

    @Override
    public void check(Attachment<PtpConfig> attachment, Netns pod) {
        PtpConfig config = attachment.config();
        VethPair pair = VethPair.of(attachment, config.mtu(), Optional.empty());
        pair.getHostEnd(attachment.host());
        LeasedLink link =
                LeasedLink.of(pair.podIndex(), attachment.id().ifName(), attachment.told());
        link.check(pod);
        List<Ip> ips = Gateways.of(link.lease(), false).lease().ips();
        new PtpRoutes(pair, ips).check(attachment.host(), pod);
        if (config.ipMasq()) {
            masquerade.check(attachment.host(), ips.stream().map(Ip::address).toList());
        }
    }

    @Override
    public void del(Detachment<PtpConfig> detachment, Optional<Netns> pod) {
        masquerade.sets().remove(detachment.host(), detachment.id());
    }

    @Override
    public void gc(NetworkConfig<PtpConfig> network, Set<AttachmentId> valid) {
        masquerade.sets().removeAllBut(host, network.network(), valid);
    }
}
