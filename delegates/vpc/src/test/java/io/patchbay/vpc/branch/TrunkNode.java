package io.patchbay.vpc.branch;

import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyKernel;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.PodVeth;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A node of a simulated VPC with a trunk, and a controller that is the test itself.
final class TrunkNode implements AutoCloseable {
    private static final int FIRST_GROUP = 1000;

    /// What is set beside links.
    private static final List<String> SETTINGS =
            List.of(
                    "net/ipv4/tcp_early_demux",
                    "net/ipv4/udp_early_demux",
                    "net/ipv4/conf/all/rp_filter",
                    "net/ipv6/conf/all/forwarding");

    private final PrivateNetns place = PrivateNetns.create();
    private final Faults faults = new Faults();
    private final OpenNetns netns =
            new FaultyKernel(Kernel.ofThisMachine(), faults).open(place.path());
    private final MemoryJournal<BranchNote> notes = new MemoryJournal<>();
    private final MemoryJournal<StrictNote> before = new MemoryJournal<>();
    private final SimulatedVpc vpc;
    private final String name;
    private final SimulatedEni trunk;
    private Branches branches;
    private Optional<NetworkInterface.Attachment> attachment = Optional.empty();
    private int groups = FIRST_GROUP;

    TrunkNode(SimulatedVpc vpc, String name) {
        this.vpc = vpc;
        this.name = name;
        vpc.node(name, netns, 0);
        // As an image of a strict kind has it.
        netns.sysctl().set("net/ipv4/conf/all/rp_filter", "1");
        netns.sysctl().set("net/ipv4/conf/eth0/rp_filter", "2");
        netns.sysctl().set("net/ipv4/ip_forward", "1");
        this.trunk = vpc.attach(name, 0);
        change(trunk.id(), eni -> eni.withAssociation(Kind.TRUNK, Optional.empty()));
        this.branches = restarted();
        faults.disarm();
    }

    private void change(String eni, UnaryOperator<NetworkInterface> change) {
        vpc.ledger().change(now -> now.with(change.apply(now.getInterface(eni))));
    }

    /// As a process that starts anew has them.
    Branches restarted() {
        branches = new Branches(netns, notes, before, false);
        return branches;
    }

    Branches withStrict(boolean strict) {
        branches = new Branches(netns, notes, before, strict);
        return branches;
    }

    Branches branches() {
        return branches;
    }

    OpenNetns netns() {
        return netns;
    }

    Faults faults() {
        return faults;
    }

    MemoryJournal<BranchNote> notes() {
        return notes;
    }

    InetAddress address() {
        return vpc.node(name).primary().primary();
    }

    Witness witness() {
        return place.witness();
    }

    /// As an operator does, by mistake.
    void detachTrunk() {
        attachment = vpc.ledger().now().getInterface(trunk.id()).attachment();
        change(trunk.id(), eni -> eni.withAttachment(Optional.empty()));
    }

    void attachTrunk() {
        change(trunk.id(), eni -> eni.withAttachment(attachment));
    }

    /// Gives a pod a branch on this node, and tells its annotation.
    String branch(int vlan, String... groups) {
        String id = vpc.attach(name, 0).id();
        change(
                id,
                eni ->
                        eni.withAttachment(Optional.empty())
                                .withGroups(List.of(groups))
                                .withAssociation(
                                        Kind.BRANCH,
                                        Optional.of(
                                                new Association(
                                                        "trunk-assoc-" + id, trunk.id(), vlan))));
        NetworkInterface eni = vpc.ledger().now().getInterface(id);
        return "[{\"eniId\":\"%s\",\"ifAddress\":\"%s\",\"privateIp\":\"%s\",\"vlanId\":%d,\"subnetCidr\":\"%s\"}]"
                .formatted(
                        id,
                        eni.mac(),
                        Cidr.text(eni.primary()),
                        vlan,
                        vpc.ledger().now().getSubnet(eni.subnet()).cidr());
    }

    /// A pod that is to have a branch, and has a namespace.
    BranchPod pod(String podName, Enforcement enforcement, String annotation) {
        GivenAttachment attachment =
                new GivenAttachment(new PodRef("shop", podName, ""), netns, ++groups);
        PodEni eni = PodEni.read(attachment.pod(), annotation);
        PodVeth veth = PodVeth.of(attachment, enforcement.prefix("eni"), 9001);
        Branch branch =
                Branch.of(
                        attachment,
                        eni,
                        Trunk.link(trunk.mac(), netns.rtnl().links()),
                        veth,
                        enforcement,
                        List.of(Family.IPV4));
        return BranchPod.of(branch, veth);
    }

    BranchPod attached(String podName, Enforcement enforcement, String annotation) {
        BranchPod pod = pod(podName, enforcement, annotation);
        attach(pod);
        return pod;
    }

    void attach(BranchPod pod) {
        branches.attach(netns, pod.netns(), pod.branch(), pod.veth());
    }

    /// As the core does: the delegate first, then what is left of the sandbox's links.
    void detach(Branch branch) {
        branches.detach(netns, Optional.empty(), branch.owner());
        witness().attempt("ip", "link", "delete", "group", Integer.toString(branch.group()));
    }

    void detach(BranchPod pod) {
        detach(pod.branch());
    }

    void check(BranchPod pod) {
        branches.check(netns, pod.netns(), pod.branch().owner(), CniResult.EMPTY);
    }

    static boolean reaches(Witness from, InetAddress target) {
        return from.attempt(
                                "ping",
                                "-n",
                                "-q",
                                "-c",
                                "1",
                                "-w",
                                "10",
                                "-i",
                                "0.2",
                                Cidr.text(target))
                        .status()
                == 0;
    }

    static boolean reachesAtOnce(Witness from, InetAddress target) {
        return from.attempt("ping", "-n", "-q", "-c", "1", "-W", "1", Cidr.text(target)).status()
                == 0;
    }

    Snapshot snapshot() {
        Map<String, List<String>> parts = new TreeMap<>();
        SETTINGS.forEach(key -> parts.put(key, List.of(netns.sysctl().find(key).orElse(""))));
        return NetworkState.take(name, witness()).plus(new Snapshot(parts));
    }

    @Override
    public void close() {
        netns.close();
        place.close();
    }
}
