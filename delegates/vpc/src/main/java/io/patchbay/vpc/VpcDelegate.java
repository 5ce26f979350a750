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
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.plumbing.Healer;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.plumbing.PodCheck;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodVeth;
import io.patchbay.vpc.plumbing.VethName;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Attaches pods to the VPC: an address of one of the node's interfaces, and a link of their own.
final class VpcDelegate implements Delegate<VpcConfig> {
    private static final int ETHERNET_MTU = 1500;

    private final DelegateContext context;
    private final Supply supply;
    private final Addresses addresses;
    private final PoolView view;
    private final NodeNetwork node;
    private final LinkPolicy links;
    private final Composition composition;
    private final Standing standing;
    private final Acquisition acquisition;
    private final BranchPods branchPods;
    private final Optional<Provisioner> provisioner;
    private final Distress distress;
    private final Eviction eviction;
    private final Inheritance inheritance;
    private final Optional<NodeFeatures> features;
    private final Account account;
    private final VpcAddresses leases;
    private final Unmanaged unmanaged;

    /// @param standing what pods get addresses of whose network does not say
    /// @param provisioner empty where the pool is what others have assigned
    /// @param features empty where nothing is asked of the VPC resource controller
    VpcDelegate(
            DelegateContext context,
            Supply supply,
            Addresses addresses,
            PoolView view,
            NodeNetwork node,
            LinkPolicy links,
            Composition composition,
            Standing standing,
            Acquisition acquisition,
            BranchPods branchPods,
            Optional<Provisioner> provisioner,
            Distress distress,
            Eviction eviction,
            Inheritance inheritance,
            Optional<NodeFeatures> features,
            Account account,
            VpcAddresses leases,
            Unmanaged unmanaged) {
        this.context = context;
        this.supply = supply;
        this.addresses = addresses;
        this.view = view;
        this.node = node;
        this.links = links;
        this.composition = composition;
        this.standing = standing;
        this.acquisition = acquisition;
        this.branchPods = branchPods;
        this.provisioner = provisioner;
        this.distress = distress;
        this.eviction = eviction;
        this.inheritance = inheritance;
        this.features = features;
        this.account = account;
        this.leases = leases;
        this.unmanaged = unmanaged;
    }

    @Override
    public void start() {
        releaseTheDead();
        inheritance.take();
        addresses.pool().holdings().values().stream()
                .filter(holding -> holding.isAssigned() && !holding.isLeased())
                .forEach(holding -> node.attached(Eviction.onHost(List.of(holding))));
        branchPods.start();
        supply.read(false);
        Pool pool = addresses.pool();
        Instant now = context.clock().instant();
        node.dropRulesOf(
                address -> isKnown(pool, address) && pool.state(address, now) == State.FREE);
        context.run("interfaces", supply::keepReading);
        context.run("healer", new Healer(context.host(), this::heal, context.meters()));
        provisioner.ifPresent(loop -> {
            context.run("provisioner", loop::run);
            context.run("unmanaged", unmanaged::run);
        });
        features.ifPresent(loop -> context.run("features", loop::run));
    }

    private List<String> heal() {
        List<String> told = new ArrayList<>(node.heal());
        told.addAll(branchPods.heal());
        return told;
    }

    // The core has undone what it remembers. An erasure that a power failure took back is known
    // here alone, and its link is gone.
    private void releaseTheDead() {
        addresses.pool().holdings().values().stream()
                .filter(holding -> holding.isAssigned() && !holding.isLeased())
                .filter(holding -> node.isGone(holding.link()))
                .forEach(eviction::of);
    }

    private static boolean isKnown(Pool pool, InetAddress address) {
        return pool.enis().stream().anyMatch(eni -> eni.has(address));
    }

    @Override
    public void probe(Attachment<VpcConfig> attachment, Netns pod) {
        attachment.mac();
        boolean branch = branchPods.isFor(attachment);
        composition
                .refusal(attachment.config(), branch)
                .ifPresent(sentence -> {
                    throw CniException.invalidConfig(sentence);
                });
        if (branch) {
            branchPods.probe(attachment);
            return;
        }
        PodNetwork.refuseTaken(
                attachment.host(),
                VethName.of(attachment.config().prefix(links), attachment.pod(), attachment.id()));
        acquisition.probe(attachment.id(), wants(attachment.config()));
    }

    private List<Want> wants(VpcConfig config) {
        EniConfig place = config.place().orElseGet(standing::get);
        return config.families(links).stream()
                .map(family -> new Want(new Demand(place, family), config.count().orElse(1)))
                .toList();
    }

    @Override
    public Attached add(Attachment<VpcConfig> attachment, Netns pod) {
        if (branchPods.isFor(attachment)) {
            return attached(attachment, branchPods.add(attachment, pod));
        }
        List<Holding> holdings =
                acquisition.acquire(Claimant.of(attachment), wants(attachment.config()));
        PodVeth veth =
                PodVeth.of(
                        attachment, attachment.config().prefix(links), mtu(attachment, holdings));
        List<Holding> all = new ArrayList<>(holdings);
        all.addAll(second(attachment));
        PodNetwork.add(attachment.host(), pod, veth, Eviction.paths(all, attachment.ifindex(1)));
        node.attached(Eviction.onHost(all));
        // The second family's address is the node's affair: nobody could reach the pod by it.
        return attached(
                attachment,
                PodResult.of(veth, pod, Eviction.paths(holdings, attachment.ifindex(1))));
    }

    /// Addresses of families that the pod has none of, for what it sends out of the VPC.
    private List<Holding> second(Attachment<VpcConfig> attachment) {
        AttachmentId id = attachment.id();
        List<Family> own = attachment.config().families(links);
        return id.ifName().equals(VethName.FIRST)
                ? Stream.of(Family.values())
                        .filter(family -> !own.contains(family))
                        .flatMap(family -> node.second(family).stream())
                        .map(block ->
                                addresses.ofNode(
                                        id, attachment.pod(), attachment.ifindex(0), block))
                        .toList()
                : List.of();
    }

    private static Attached attached(Attachment<VpcConfig> attachment, CniResult result) {
        return Attached.of(attachment.told().plus(result));
    }

    /// The least of the interfaces behind it, where nothing is said.
    private int mtu(Attachment<VpcConfig> attachment, List<Holding> holdings) {
        int wanted = attachment.config().mtu(links);
        return wanted != 0
                ? wanted
                : holdings.stream()
                        .flatMap(holding -> supply.last().find(holding.eni()).stream())
                        .mapToInt(EniLink::mtu)
                        .min()
                        .orElse(ETHERNET_MTU);
    }

    @Override
    public void check(Attachment<VpcConfig> attachment, Netns pod) {
        AttachmentId id = attachment.id();
        CniResult result = attachment.told();
        if (branchPods.has(id)) {
            branchPods.branches().check(attachment.host(), pod, id, result);
            return;
        }
        List<Holding> holdings = addresses.find(id);
        if (holdings.isEmpty()) {
            throw CniException.changed("%s should have an address, and has none".formatted(id));
        }
        new PodCheck(
                        attachment.host(),
                        pod,
                        Eviction.paths(holdings, attachment.ifindex(1)),
                        result)
                .run(id.ifName());
    }

    /// An address that no container can have used is free at once: ADD came to no end.
    @Override
    public void del(Detachment<VpcConfig> detachment, Optional<Netns> pod) {
        if (branchPods.has(detachment.id())) {
            branchPods.del(detachment.host(), pod, detachment.id());
            return;
        }
        List<Holding> noted = addresses.find(detachment.id());
        boolean used = noted.isEmpty() || detachment.result().isPresent();
        if (noted.size() < told(detachment)) {
            new Traces(node, addresses).note(detachment);
        }
        List<Holding> all = addresses.find(detachment.id());
        if (!all.isEmpty()) {
            node.detached(Eviction.onHost(all));
            PodNetwork.remove(detachment.host(), pod, Eviction.paths(all, detachment.ifindex(1)));
            addresses.release(detachment.id(), used);
        }
    }

    /// How many addresses an attachment should have notes of: one, where it came to no end.
    private static int told(Detachment<VpcConfig> detachment) {
        return Math.max(1, detachment.result().map(result -> result.ips().size()).orElse(1));
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
                .filter(holding -> !holding.isLeased())
                .filter(holding -> holding.owner().isLeftover(network.network(), valid))
                .forEach(eviction::of);
        branchPods.gc(context.host(), network.network(), valid);
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
        if (provisioner.isPresent()) {
            requireGrowth(network.config(), pool);
        } else if (pool.enis().stream().allMatch(eni -> eni.blocks().isEmpty())) {
            throw unavailable(
                    "no secondary address is assigned to the interfaces of this node (%s): pods cannot get one"
                            .formatted(
                                    pool.enis().stream()
                                            .map(Eni::id)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private void requireGrowth(VpcConfig config, Pool pool) {
        Optional<EniConfig> named = config.place();
        EniConfig place;
        try {
            place = named.orElseGet(standing::get);
        } catch (CniException e) {
            throw new CniException(Standard.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
        for (Family family : config.families(links)) {
            Pool own = pool.facing(new Demand(place, family));
            Optional<CloudException> why = distress.why(place);
            if (why.isPresent() && own.count(State.FREE, context.clock().instant()) == 0) {
                throw unavailable(
                        "no address is free, and there will be none for now: "
                                + why.get().getMessage());
            }
            // An interface of a network that says where is made for its first pod.
            if (named.isEmpty() && own.enis().isEmpty()) {
                throw unavailable("no interface for %s is ready yet".formatted(place));
            }
        }
    }

    private static CniException unavailable(String sentence) {
        return new CniException(Standard.UNAVAILABLE, sentence);
    }

    @Override
    public Optional<AddressSource<?>> addresses() {
        return Optional.of(leases);
    }

    @Override
    public List<Table> tables() {
        return view.tables(supply.last().ready(), unmanaged.addresses().pool());
    }

    @Override
    public void close() {
        account.close();
    }
}
