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
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.plumbing.Healer;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.plumbing.PodCheck;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodPaths;
import io.patchbay.vpc.plumbing.PodRouting;
import io.patchbay.vpc.plumbing.PodVeth;
import io.patchbay.vpc.plumbing.VethName;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Attaches pods to the VPC: an address of one of the node's interfaces, and a link of their own.
final class VpcDelegate implements Delegate<VpcConfig> {
    private static final int ETHERNET_MTU = 1500;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration HOPELESS_WAIT = Duration.ofSeconds(3);
    private static final Duration TIME_TO_ATTACH = Duration.ofSeconds(3);

    private final DelegateContext context;
    private final Supply supply;
    private final Addresses addresses;
    private final PoolView view;
    private final NodeNetwork node;
    private final LinkPolicy links;
    private final Optional<Provisioner> provisioner;
    private final Distress distress;
    private final Eviction eviction;
    private final Inheritance inheritance;
    private final Account account;

    /// @param provisioner empty where the pool is what others have assigned
    VpcDelegate(
            DelegateContext context,
            Supply supply,
            Addresses addresses,
            PoolView view,
            NodeNetwork node,
            LinkPolicy links,
            Optional<Provisioner> provisioner,
            Distress distress,
            Eviction eviction,
            Inheritance inheritance,
            Account account) {
        this.context = context;
        this.supply = supply;
        this.addresses = addresses;
        this.view = view;
        this.node = node;
        this.links = links;
        this.provisioner = provisioner;
        this.distress = distress;
        this.eviction = eviction;
        this.inheritance = inheritance;
        this.account = account;
    }

    @Override
    public void start() {
        releaseTheDead();
        inheritance.take();
        addresses.pool().holdings().values().stream()
                .filter(Holding::isAssigned)
                .forEach(holding -> node.attached(Eviction.onHost(holding)));
        supply.read(false);
        Pool pool = addresses.pool();
        Instant now = context.clock().instant();
        node.dropRulesOf(
                address -> isKnown(pool, address) && pool.state(address, now) == State.FREE);
        context.run("interfaces", supply::keepReading);
        context.run("healer", new Healer(context.host(), node, context.meters()));
        provisioner.ifPresent(loop -> context.run("provisioner", loop::run));
    }

    // The core has undone what it remembers. An erasure that a power failure took back is known
    // here alone, and its link is gone.
    private void releaseTheDead() {
        addresses.pool().holdings().values().stream()
                .filter(holding -> holding.isAssigned() && node.isGone(holding.link()))
                .forEach(eviction::of);
    }

    private static boolean isKnown(Pool pool, InetAddress address) {
        return pool.enis().stream().anyMatch(eni -> eni.has(address));
    }

    @Override
    public void probe(Attachment<VpcConfig> attachment, Netns pod) {
        attachment.mac();
        PodNetwork.refuseTaken(
                attachment.host(),
                VethName.of(attachment.config().prefix(links), attachment.pod(), attachment.id()));
        if (provisioner.isEmpty()) {
            refuseExhausted(attachment.id());
        }
    }

    /// Where nothing is ordered: code 11 when nothing is free and the cloud tells of nothing new.
    private void refuseExhausted(AttachmentId id) {
        Reading seen = supply.last();
        if (addresses.refusal(id).isPresent()) {
            try {
                supply.readSince(seen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CniException.tryAgain(
                        "interrupted while another pod waits for the cloud's answer");
            }
            addresses
                    .refusal(id)
                    .ifPresent(why -> {
                        throw exhausted(why);
                    });
        }
    }

    /// Gives an attachment its address. Where the pool can grow it waits for that for a while.
    private Holding acquire(Attachment<VpcConfig> attachment) {
        AttachmentId id = attachment.id();
        if (provisioner.isEmpty()) {
            refuseExhausted(id);
        }
        Instant begun = context.clock().instant();
        return addresses
                .await(
                        id,
                        attachment.pod(),
                        attachment.ifindex(0),
                        () -> patience(attachment, begun))
                .orElseThrow(() ->
                        exhausted(
                                addresses
                                        .refusal(id)
                                        .orElse("another pod took the last free address")));
    }

    /// Not long once EC2 has refused what will be refused again and nothing else is under way, and
    /// not at all where it is not asked.
    private Duration patience(Attachment<VpcConfig> attachment, Instant begun) {
        if (provisioner.isEmpty()) {
            return Duration.ZERO;
        }
        Instant end =
                provisioner
                        .get()
                        .hopelessSince()
                        .map(since -> (since.isAfter(begun) ? since : begun).plus(HOPELESS_WAIT))
                        .filter(soon -> soon.isBefore(begun.plus(LONGEST_WAIT)))
                        .orElse(begun.plus(LONGEST_WAIT));
        Instant latest = attachment.deadline().minus(TIME_TO_ATTACH);
        return Duration.between(begun, end.isBefore(latest) ? end : latest);
    }

    private CniException exhausted(String why) {
        return CniException.tryAgain(
                why
                        + supply.trouble().map(sentence -> "; " + sentence).orElse("")
                        + distress.why().map(e -> "; " + e.getMessage()).orElse(""));
    }

    @Override
    public Attached add(Attachment<VpcConfig> attachment, Netns pod) {
        Holding holding = acquire(attachment);
        PodVeth veth =
                PodVeth.of(attachment, attachment.config().prefix(links), mtu(attachment, holding));
        PodRouting routing = Eviction.routing(holding, attachment.ifindex(1));
        PodNetwork.add(attachment.host(), pod, veth, PodPaths.of(routing));
        node.attached(Eviction.onHost(holding));
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
        int wanted = attachment.config().mtu() != 0 ? attachment.config().mtu() : links.mtu();
        return wanted != 0
                ? wanted
                : supply.last().find(holding.eni()).map(EniLink::mtu).orElse(ETHERNET_MTU);
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
                        PodPaths.of(Eviction.routing(holding, attachment.ifindex(1))),
                        attachment.previous().orElse(CniResult.EMPTY))
                .run(id.ifName());
    }

    /// An address that no container can have used is free at once: ADD came to no end.
    @Override
    public void del(Detachment<VpcConfig> detachment, Optional<Netns> pod) {
        Optional<Holding> noted = addresses.find(detachment.id());
        boolean used = noted.isEmpty() || detachment.result().isPresent();
        noted.or(() -> new Traces(node, addresses).note(detachment))
                .ifPresent(holding -> {
                    PodPaths paths = PodPaths.of(Eviction.routing(holding, detachment.ifindex(1)));
                    node.detached(Eviction.onHost(holding));
                    PodNetwork.remove(detachment.host(), pod, paths);
                    addresses.release(detachment.id(), used);
                });
    }

    @Override
    public void delInherited(String containerId, Optional<Netns> pod, Instant deadline) {
        inheritance.release(containerId);
    }

    @Override
    public boolean inherits(String containerId) {
        return !addresses.pool().adoptedBy(containerId).isEmpty();
    }

    /// What was taken over is no network's of the runtime that calls: it is not told as valid.
    @Override
    public void gc(NetworkConfig<VpcConfig> network, Set<AttachmentId> valid) {
        addresses.pool().holdings().values().stream()
                .filter(holding -> holding.isAssigned() && !holding.adopted())
                .filter(holding -> holding.owner().network().equals(network.network()))
                .filter(holding -> !valid.contains(holding.owner()))
                .forEach(eviction::of);
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
        Optional<CloudException> why = distress.why();
        if (provisioner.isPresent()) {
            if (why.isPresent() && pool.count(State.FREE, context.clock().instant()) == 0) {
                throw unavailable(
                        "no address is free, and there will be none for now: "
                                + why.get().getMessage());
            }
        } else if (pool.enis().stream().allMatch(eni -> eni.blocks().isEmpty())) {
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
        return view.tables(supply.last().ready());
    }

    @Override
    public void close() {
        account.close();
    }
}
