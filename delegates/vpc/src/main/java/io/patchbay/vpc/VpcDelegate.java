package io.patchbay.vpc;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.plumbing.PodCheck;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodRouting;
import io.patchbay.vpc.plumbing.PodVeth;
import io.patchbay.vpc.plumbing.VethName;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Attaches pods to the VPC: an address of one of the node's interfaces, and a link of their own.
final class VpcDelegate implements Delegate<VpcConfig> {
    private static final int ETHERNET_MTU = 1500;

    private final DelegateContext context;
    private final Supply supply;
    private final Addresses addresses;
    private final PoolView view;
    private final NodeNetwork node;

    VpcDelegate(
            DelegateContext context,
            Supply supply,
            Addresses addresses,
            PoolView view,
            NodeNetwork node) {
        this.context = context;
        this.supply = supply;
        this.addresses = addresses;
        this.view = view;
        this.node = node;
    }

    @Override
    public void start() {
        releaseTheDead();
        supply.read();
        Pool pool = addresses.pool();
        Instant now = context.clock().instant();
        node.dropRulesOf(
                address -> isKnown(pool, address) && pool.state(address, now) == State.FREE);
        context.run("interfaces", supply::keepReading);
    }

    // The core has undone what it remembers. An erasure that a power failure took back is known
    // here alone, and its link is gone.
    private void releaseTheDead() {
        addresses.pool().holdings().values().stream()
                .filter(holding -> holding.isAssigned() && node.isGone(holding.link()))
                .forEach(this::undo);
    }

    private static boolean isKnown(Pool pool, InetAddress address) {
        return pool.enis().stream().anyMatch(eni -> eni.has(address));
    }

    @Override
    public void probe(Attachment<VpcConfig> attachment, Netns pod) {
        attachment.mac();
        PodNetwork.refuseTaken(
                attachment.host(),
                VethName.of(attachment.config().prefix(), attachment.pod(), attachment.id()));
        supply.refuseExhausted(attachment.id());
    }

    @Override
    public Attached add(Attachment<VpcConfig> attachment, Netns pod) {
        Holding holding = supply.acquire(attachment.id(), attachment.ifindex(0));
        PodVeth veth =
                PodVeth.of(attachment, attachment.config().prefix(), mtu(attachment, holding));
        PodRouting routing = routing(holding, attachment.ifindex(1));
        PodNetwork.add(attachment.host(), pod, veth, routing);
        CniResult result =
                new CniResult(
                        List.of(veth.hostInterface(), veth.podInterface(pod)),
                        List.of(
                                new CniResult.Ip(
                                        routing.cidr(),
                                        Optional.of(routing.gateway()),
                                        OptionalInt.of(1))),
                        routes(routing),
                        CniResult.Dns.EMPTY);
        return Attached.of(attachment.previous().map(before -> before.plus(result)).orElse(result));
    }

    private int mtu(Attachment<VpcConfig> attachment, Holding holding) {
        int wanted = attachment.config().mtu();
        return wanted != 0
                ? wanted
                : supply.find(holding.eni()).map(EniLink::mtu).orElse(ETHERNET_MTU);
    }

    private static PodRouting routing(Holding holding, int podLink) {
        return new PodRouting(
                holding.address(),
                holding.table(),
                holding.link(),
                podLink,
                holding.owner().ifName().equals(VethName.FIRST));
    }

    /// The default route is told where it is the pod's; another link's is in a table of the pod.
    private static List<CniResult.Route> routes(PodRouting routing) {
        return routing.first()
                ? List.of(
                        CniResult.Route.of(
                                Cidr.any(routing.cidr().isIpv6()), Optional.of(routing.gateway())))
                : List.of();
    }

    @Override
    public void check(Attachment<VpcConfig> attachment, Netns pod) {
        AttachmentId id = attachment.id();
        Holding holding =
                addresses
                        .find(id)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "%s should have an address, and has none".formatted(id)));
        new PodCheck(
                        attachment.host(),
                        pod,
                        routing(holding, attachment.ifindex(1)),
                        attachment.previous().orElse(CniResult.EMPTY))
                .run(id.ifName());
    }

    /// An address that no container can have used is free at once: ADD came to no end.
    @Override
    public void del(Detachment<VpcConfig> detachment, Optional<Netns> pod) {
        addresses
                .find(detachment.id())
                .ifPresent(holding -> {
                    PodNetwork.remove(
                            detachment.host(), pod, routing(holding, detachment.ifindex(1)));
                    addresses.release(detachment.id(), detachment.result().isPresent());
                });
    }

    @Override
    public void gc(NetworkConfig<VpcConfig> network, Set<AttachmentId> valid) {
        addresses.pool().holdings().values().stream()
                .filter(Holding::isAssigned)
                .filter(holding -> holding.owner().network().equals(network.network()))
                .filter(holding -> !valid.contains(holding.owner()))
                .forEach(this::undo);
    }

    private void undo(Holding holding) {
        PodNetwork.remove(context.host(), Optional.empty(), routing(holding, 0));
        addresses.release(holding.owner(), true);
    }

    /// From memory. A node whose addresses are all taken is full, and not broken: the runtime would
    /// report the whole node as not ready.
    @Override
    public void status(NetworkConfig<VpcConfig> network) {
        Pool pool = addresses.pool();
        if (pool.enis().isEmpty()) {
            throw unavailable(
                    "no network interface of this node is ready: "
                            + supply.trouble().orElse("no link has the MAC address of one"));
        }
        if (pool.enis().stream().allMatch(eni -> eni.blocks().isEmpty())) {
            throw unavailable(
                    "no secondary address is assigned to the interfaces of this node (%s): pods cannot get one"
                            .formatted(
                                    pool.enis().stream()
                                            .map(Eni::id)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static CniException unavailable(String sentence) {
        return new CniException(Standard.UNAVAILABLE, sentence);
    }

    @Override
    public List<Table> tables() {
        return view.tables(supply.enis());
    }
}
