package io.patchbay.userspace;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Netns;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts pods on wires. What speaks over them is the pods' and the host's own affair.
final class WireDelegate<C extends Record & End.Config> implements Delegate<C> {
    private final WireSettings settings;
    private final Wires wires;
    private final Members members;

    WireDelegate(DelegateContext context, String type) {
        this.settings = context.settings(WireSettings.class);
        this.wires = new Wires(context.directories(), settings.directory(type));
        this.members = new Members(context.journal("wires", Member.class));
    }

    private Joining<C> joining(Attachment<C> attachment) {
        return new Joining<>(wires, settings, attachment, attachment.config().wiring());
    }

    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        attachment.mac();
        wires.refuseUnfit(Standard.IO_FAILURE);
        members.refuseUnfit(joining(attachment).member());
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        Lease lease = attachment.ipam().acquire();
        Joining<C> joining = joining(attachment);
        Member member = joining.member();
        members.begin(member);
        Identity directory = wires.make(member);
        members.update(member.made(directory));
        wires.mount(member, directory);
        return joining.told(lease, pod);
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        Member member =
                members.find(attachment.id(), attachment.step())
                        .orElseThrow(() ->
                                CniException.changed(
                                        "%s should be on a wire, and is on none"
                                                .formatted(attachment.id())));
        wires.check(member);
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        members.find(detachment.id(), detachment.step()).ifPresent(this::remove);
    }

    private void remove(Member member) {
        wires.unmount(member);
        members.end(member, () -> wires.remove(member));
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        members.all().stream()
                .filter(member -> member.id().isLeftover(network.network(), valid))
                .forEach(this::remove);
    }

    @Override
    public void status(NetworkConfig<C> network) {
        wires.refuseUnfit(Standard.UNAVAILABLE);
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "wires",
                        List.of("WIRE", "END", "POD", "IFNAME", "CONTAINER", "NETWORK"),
                        members.all().stream()
                                .sorted(
                                        Comparator.comparing(Member::wire)
                                                .thenComparing(member -> member.key()))
                                .map(member ->
                                        List.of(
                                                member.wire(),
                                                member.end().server() ? "server" : "client",
                                                member.pod().toString(),
                                                member.id().ifName(),
                                                member.id().containerId(),
                                                member.id().network()))
                                .toList()));
    }
}
