package io.patchbay.ipvlan;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
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
/// and group; it never exists elsewhere.
final class UpperLinkDelegate<C extends Record & UpperLinkConfig> implements Delegate<C> {
    private final UpperLinks<C> kind;
    private final Netns host;

    UpperLinkDelegate(UpperLinks<C> kind, Netns host) {
        this.kind = kind;
        this.host = host;
    }

    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        kind.refuseWish(attachment);
        if (!isMadeBefore(attachment, pod)) {
            C config = attachment.config();
            Parent parent = parent(attachment, pod);
            kind.refuseUnfit(attachment, parent, parent.visible());
            if (!config.linkInContainer()) {
                attachment.ipam().probe(new Uplink(parent.link(), kind.use(config)));
            }
        }
    }

    /// Whether the parent may be what an attachment or a plugin before this one is yet to make.
    private boolean isMadeBefore(Attachment<C> attachment, Netns pod) {
        C config = attachment.config();
        if (attachment.step() > 0 && kind.followsChain() && config.parent().isEmpty()) {
            return true;
        }
        return config.linkInContainer()
                && choice(attachment).find(Place.of(attachment, pod)).isEmpty();
    }

    private ParentChoice choice(Attachment<C> attachment) {
        return attachment
                .previous()
                .filter(_ -> kind.followsChain())
                .map(before -> ParentChoice.behind(before, attachment.config()))
                .orElseGet(() -> ParentChoice.of(attachment.config()));
    }

    private Parent parent(Attachment<C> attachment, Netns pod) {
        return Parent.of(
                Place.of(attachment, pod),
                choice(attachment),
                attachment.config(),
                kind,
                Standard.INVALID_NETWORK_CONFIG);
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        C config = attachment.config();
        Parent parent = parent(attachment, pod);
        // What probe could not look at, or somebody may have changed since.
        if (config.linkInContainer() || attachment.previous().isPresent()) {
            kind.refuseUnfit(attachment, parent, parent.visible());
        }
        Optional<MacAddress> mac = kind.mac(attachment);
        LeasedLink link;
        try {
            link = make(attachment, pod, parent, mac);
            configure(link, config, pod, parent);
        } catch (KernelException e) {
            throw refusal(e, attachment, pod, parent);
        }
        if (kind.announces(config)) {
            link.announce(pod);
        }
        Interface made =
                new Interface(
                        link.name(),
                        mac.or(parent.link()::mac),
                        config.mtu() == 0 ? parent.link().mtu() : config.mtu(),
                        pod.path(),
                        Optional.empty(),
                        Optional.empty());
        CniResult result = link.result(List.of(made));
        return Attached.of(before(attachment, link.lease()).plus(result));
    }

    /// Makes the link once its addresses are known, which may be refused: unless they are asked for
    /// over it.
    private LeasedLink make(
            Attachment<C> attachment, Netns pod, Parent parent, Optional<MacAddress> mac) {
        boolean first = attachment.ipam().needsLink();
        if (first) {
            create(attachment, pod, parent, mac);
        }
        Lease lease = lease(attachment, parent);
        kind.claim(attachment, parent, lease);
        if (!first) {
            create(attachment, pod, parent, mac);
        }
        return new LeasedLink(attachment.ifindex(0), attachment.id().ifName(), lease);
    }

    private Lease lease(Attachment<C> attachment, Parent parent) {
        C config = attachment.config();
        Lease lease =
                config.linkInContainer()
                        ? attachment.ipam().acquire()
                        : attachment.ipam().acquire(new Uplink(parent.link(), kind.use(config)));
        return lease.equals(Lease.EMPTY) && kind.followsChain()
                ? attachment.previous().map(UpperLinkDelegate::leaseOf).orElse(lease)
                : lease;
    }

    private static Lease leaseOf(CniResult before) {
        return new Lease(before.ips(), before.routes(), Optional.of(before.dns()));
    }

    /// What the plugin before has told, without what this link takes over from it.
    private CniResult before(Attachment<C> attachment, Lease lease) {
        CniResult told = attachment.told();
        return kind.followsChain() && lease.equals(leaseOf(told))
                ? new CniResult(told.interfaces(), List.of(), List.of(), Dns.EMPTY)
                : told;
    }

    private void create(
            Attachment<C> attachment, Netns pod, Parent parent, Optional<MacAddress> mac) {
        C config = attachment.config();
        Head plain =
                Head.named(attachment.id().ifName())
                        .index(attachment.ifindex(0))
                        .group(attachment.group())
                        .mtu(config.mtu())
                        .asUp();
        Head placed = config.linkInContainer() ? plain : plain.in(pod);
        Head head = mac.map(placed::mac).orElse(placed);
        parent.place().netns().rtnl().apply(new CreateLink(kind.spec(config, head, parent)));
    }

    private void configure(LeasedLink link, C config, Netns pod, Parent parent) {
        if (config.enabledad() && !link.lease().ips().isEmpty()) {
            kind.configureIfFree(link, pod, parent);
        } else {
            link.configure(pod);
        }
    }

    private RuntimeException refusal(
            KernelException e, Attachment<C> attachment, Netns pod, Parent parent) {
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
                LeasedLink.of(attachment.ifindex(0), attachment.id().ifName(), attachment.told());
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
        kind.uses().ifPresent(uses -> uses.release(detachment.id()));
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        kind.uses().ifPresent(uses -> uses.releaseAllBut(network.network(), valid));
    }

    @Override
    public void status(NetworkConfig<C> network) {
        C config = network.config();
        Place place = Place.host(host);
        ParentChoice choice = ParentChoice.of(config);
        // A parent of the pod is not there yet, nor known is that of a plugin before in a chain.
        if (config.linkInContainer()
                || (kind.followsChain()
                        && config.parent().isEmpty()
                        && choice.find(place).isEmpty())) {
            return;
        }
        Parent.of(place, choice, config, kind, Standard.UNAVAILABLE);
    }
}
