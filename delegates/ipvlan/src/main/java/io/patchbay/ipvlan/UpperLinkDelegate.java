package io.patchbay.ipvlan;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Attaches pods by links on a parent. One message makes the link in the pod, with its name, index
/// and group; it never exists on the host.
final class UpperLinkDelegate<C extends Record & UpperLinkConfig> implements Delegate<C> {
    private final UpperLinks<C> kind;
    private final Netns host;

    UpperLinkDelegate(UpperLinks<C> kind, Netns host) {
        this.kind = kind;
        this.host = host;
    }

    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        C config = attachment.config();
        Link parent = Parent.of(attachment.host(), config);
        kind.refuseUnfit(attachment, parent);
        attachment.ipam().probe(new Uplink(parent, kind.use(config)));
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        C config = attachment.config();
        Link parent = Parent.of(attachment.host(), config);
        Lease lease = attachment.ipam().acquire(new Uplink(parent, kind.use(config)));
        kind.claim(attachment, parent);

        Optional<MacAddress> mac = kind.mac(attachment);
        create(attachment, pod, parent, mac);
        LeasedLink link = new LeasedLink(attachment.ifindex(0), attachment.id().ifName(), lease);
        link.configure(pod);
        if (kind.announces(config)) {
            link.announce(pod);
        }
        Interface made =
                new Interface(
                        link.name(),
                        mac.or(parent::mac),
                        config.mtu() == 0 ? parent.mtu() : config.mtu(),
                        pod.path(),
                        Optional.empty(),
                        Optional.empty());
        CniResult result = link.result(List.of(made));
        return Attached.of(attachment.previous().map(before -> before.plus(result)).orElse(result));
    }

    private void create(
            Attachment<C> attachment, Netns pod, Link parent, Optional<MacAddress> mac) {
        C config = attachment.config();
        Head plain =
                Head.named(attachment.id().ifName())
                        .index(attachment.ifindex(0))
                        .group(attachment.group())
                        .mtu(config.mtu())
                        .in(pod);
        Head head = mac.map(plain::mac).orElse(plain);
        try {
            attachment.host().rtnl().apply(new CreateLink(kind.spec(config, head, parent)));
        } catch (KernelException e) {
            throw refusal(e, attachment, pod, parent);
        }
    }

    private RuntimeException refusal(
            KernelException e, Attachment<C> attachment, Netns pod, Link parent) {
        String name = attachment.id().ifName();
        if (e.exists() && pod.rtnl().find(name).isPresent()) {
            return CniException.invalidConfig(
                    "interface \"%s\" is taken in %s: name another one"
                            .formatted(name, pod.path()));
        }
        if (e.errno() == KernelException.ENODEV) {
            return CniException.tryAgain(
                    "link %s went away while a link was being made on it".formatted(parent.name()));
        }
        if (e.errno() == KernelException.EOPNOTSUPP) {
            return new CniException(
                    Standard.INVALID_NETWORK_CONFIG,
                    "this node's kernel has no %s links: load its module %s"
                            .formatted(kind.kind(), kind.module()),
                    e);
        }
        return kind.explain(e, attachment.config(), parent).<RuntimeException>map(x -> x).orElse(e);
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        LeasedLink link =
                LeasedLink.of(
                        attachment.ifindex(0),
                        attachment.id().ifName(),
                        attachment.previous().orElse(CniResult.EMPTY));
        Link found = link.check(pod);
        if (!found.kind().equals(kind.kind())) {
            throw CniException.changed(
                    "link %s of %s should be of kind %s, and is of kind \"%s\""
                            .formatted(found.name(), pod.path(), kind.kind(), found.kind()));
        }
        kind.check(attachment.config(), found);
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        kind.release(detachment.id());
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        kind.releaseAllBut(network.network(), valid);
    }

    @Override
    public void status(NetworkConfig<C> network) {
        Parent.of(host, network.config(), Standard.UNAVAILABLE);
    }
}
