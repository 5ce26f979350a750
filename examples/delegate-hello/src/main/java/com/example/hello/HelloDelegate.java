package com.example.hello;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Journal;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.AddNeighbour;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteNeighbour;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A port on a bridge of the node, whose pod introduces itself: the node gets a permanent neighbour
/// for each of the pod's addresses, and need not ask for it.
final class HelloDelegate implements Delegate<HelloConfig> {
    private static final int ETHERNET_MTU = 1500;

    private final DelegateContext context;
    private final Journal<Introduction> introductions;

    HelloDelegate(DelegateContext context) {
        this.context = context;
        this.introductions = context.journal("introductions", Introduction.class);
    }

    /// Reads, changes nothing, and refuses what `add` could not do.
    @Override
    public void probe(Attachment<HelloConfig> attachment, Netns pod) {
        bridge(attachment.host(), attachment.config(), Standard.INVALID_NETWORK_CONFIG);
    }

    /// Where a step of it fails, the core calls `del`: nothing is cleaned up here.
    @Override
    public Attached add(Attachment<HelloConfig> attachment, Netns pod) {
        Netns host = attachment.host();
        Link bridge = bridge(host, attachment.config(), Standard.INVALID_NETWORK_CONFIG);
        Lease lease = attachment.ipam().acquire();
        MacAddress mac = MacAddress.random(ThreadLocalRandom.current());
        introduce(host, bridge, attachment.id(), lease, mac);
        host.rtnl().apply(new CreateLink(pair(attachment, bridge, pod, mac)));
        LeasedLink link =
                new LeasedLink(attachment.ifindex(1), attachment.id().ifName(), lease);
        link.configure(pod);
        return Attached.of(
                link.result(
                        List.of(
                                Interface.inSandbox(link.name(), mac, ETHERNET_MTU, pod.path()))));
    }

    /// The note comes first: a crash right behind it leaves something that `del` knows of.
    private void introduce(
            Netns host, Link bridge, AttachmentId id, Lease lease, MacAddress mac) {
        List<Neighbour> neighbours =
                lease.ips().stream()
                        .map(ip -> ip.address().address())
                        .map(address -> new Neighbour(bridge.index(), address, mac, true))
                        .toList();
        Introduction introduction = new Introduction(id, neighbours);
        introductions.write(introduction.key(), introduction);
        host.rtnl().apply(neighbours.stream().map(AddNeighbour::new).toList());
    }

    /// Indexes and group are the core's: by them it finds both ends again, and deletes them.
    private static Veth pair(
            Attachment<?> attachment, Link bridge, Netns pod, MacAddress mac) {
        int near = attachment.ifindex(0);
        return new Veth(
                Head.named("at" + Integer.toHexString(near))
                        .index(near)
                        .group(attachment.group())
                        .master(bridge.index())
                        .asUp(),
                Head.named(attachment.id().ifName())
                        .index(attachment.ifindex(1))
                        .group(attachment.group())
                        .mac(mac)
                        .in(pod));
    }

    @Override
    public void check(Attachment<HelloConfig> attachment, Netns pod) {
        CniResult result = attachment.previous().orElse(CniResult.EMPTY);
        LeasedLink.of(attachment.ifindex(1), attachment.id().ifName(), result).check(pod);
        introductions
                .find(Introduction.key(attachment.id()))
                .ifPresent(introduction -> check(attachment.host(), introduction));
    }

    private static void check(Netns host, Introduction introduction) {
        for (Neighbour neighbour : introduction.neighbours()) {
            if (!host.rtnl().neighbours(neighbour.link()).contains(neighbour)) {
                throw CniException.changed(
                        "the node should have %s, and has not".formatted(neighbour));
            }
        }
    }

    /// The links are the core's to delete, and the addresses the core's to give back.
    @Override
    public void del(Detachment<HelloConfig> detachment, Optional<Netns> pod) {
        introductions
                .find(Introduction.key(detachment.id()))
                .ifPresent(introduction -> forget(detachment.host(), introduction));
    }

    private void forget(Netns host, Introduction introduction) {
        for (Neighbour neighbour : introduction.neighbours()) {
            try {
                host.rtnl().apply(new DeleteNeighbour(neighbour));
            } catch (KernelException e) {
                if (!e.isAbsent()) {
                    throw e;
                }
            }
        }
        introductions.erase(introduction.key());
    }

    @Override
    public void gc(NetworkConfig<HelloConfig> network, Set<AttachmentId> valid) {
        introductions.all().values().stream()
                .filter(introduction -> introduction.id().network().equals(network.network()))
                .filter(introduction -> !valid.contains(introduction.id()))
                .forEach(introduction -> forget(context.host(), introduction));
    }

    @Override
    public void status(NetworkConfig<HelloConfig> network) {
        bridge(context.host(), network.config(), Standard.UNAVAILABLE);
    }

    private static Link bridge(Netns host, HelloConfig config, Standard refusal) {
        String name = config.bridge().orElseThrow();
        return host.rtnl()
                .find(name)
                .filter(link -> link.kind().equals("bridge"))
                .orElseThrow(
                        () ->
                                new CniException(
                                        refusal,
                                        "\"bridge\" is \"%s\", and the node has no such bridge: make it, or name another"
                                                .formatted(name)));
    }
}
