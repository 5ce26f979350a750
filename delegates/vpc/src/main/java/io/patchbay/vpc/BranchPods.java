package io.patchbay.vpc;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.branch.Branch;
import io.patchbay.vpc.branch.Branches;
import io.patchbay.vpc.branch.Enforcement;
import io.patchbay.vpc.branch.PodEni;
import io.patchbay.vpc.branch.Trunk;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodVeth;
import io.patchbay.vpc.plumbing.VethName;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Pods whose eth0 has an interface of the VPC of its own, with security groups of its own: a
/// branch that the VPC resource controller put on the node's trunk, and told in an annotation.
///
/// @param enforcement empty where there are none such, but those that were attached before
record BranchPods(
        Cluster cluster,
        Supply supply,
        NodeNetwork node,
        Branches branches,
        Optional<Enforcement> enforcement,
        LinkPolicy links) {
    private static final System.Logger LOG = System.getLogger(BranchPods.class.getName());
    static final String RESOURCE = "vpc.amazonaws.com/pod-eni";

    /// Whether an attachment is by a branch: the pod's first link, where its network does not say
    /// of which subnet or groups its address is.
    boolean isFor(Attachment<VpcConfig> attachment) {
        return enforcement.isPresent()
                && attachment.id().ifName().equals(VethName.FIRST)
                && attachment.config().place().isEmpty()
                && cluster.limit(attachment.pod(), RESOURCE) > 0;
    }

    /// Waits for the annotation, within the deadline, and refuses what cannot be attached.
    void probe(Attachment<VpcConfig> attachment) {
        PodEni eni = await(attachment);
        Link trunk = trunk(attachment);
        Branch branch = branch(attachment, eni, trunk, veth(attachment, trunk));
        PodNetwork.refuseTaken(attachment.host(), branch.hostName());
        branches.probe(attachment.host(), branch);
    }

    private PodEni await(Attachment<VpcConfig> attachment) {
        PodRef pod = attachment.pod();
        Instant deadline = patience(attachment);
        Optional<String> there = cluster.annotation(pod, PodEni.KEY).filter(BranchPods::isGiven);
        if (there.isEmpty()) {
            LOG.log(Level.INFO, "pod {0} waits for its annotation {1}", pod, PodEni.KEY);
        }
        try {
            return cluster.awaitAnnotation(pod, PodEni.KEY, BranchPods::isGiven, deadline)
                    .map(text -> PodEni.read(pod, text))
                    .orElseThrow(() -> PodEni.missing(pod));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PodEni.missing(pod);
        }
    }

    private static Instant patience(Attachment<VpcConfig> attachment) {
        return attachment.deadline().minus(Acquisition.TIME_TO_ATTACH);
    }

    private static boolean isGiven(String annotation) {
        return !annotation.isBlank() && !annotation.strip().equals("[]");
    }

    private PodVeth veth(Attachment<VpcConfig> attachment, Link trunk) {
        int wanted = attachment.config().mtu(links);
        return PodVeth.of(
                attachment,
                enforcement.orElseThrow().prefix(attachment.config().prefix(links)),
                wanted != 0 ? wanted : trunk.mtu());
    }

    private Branch branch(Attachment<VpcConfig> attachment, PodEni eni, Link trunk, PodVeth veth) {
        return Branch.of(
                attachment,
                eni,
                trunk,
                veth,
                enforcement.orElseThrow(),
                attachment.config().families(links));
    }

    /// A daemon that has just started has not heard of the trunk yet, which was there all the time.
    private Link trunk(Attachment<VpcConfig> attachment) {
        try {
            supply.awaitEc2(patience(attachment));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw untold();
        }
        MacAddress mac = supply.last().trunk().map(NetworkInterface::mac).orElseThrow(this::untold);
        return Trunk.link(mac, attachment.host().rtnl().links());
    }

    private CniException untold() {
        return CniException.tryAgain(
                "EC2 tells of no trunk interface of this node: the VPC resource controller attaches one to nodes whose CNINode has the feature SecurityGroupsForPods"
                        + supply.trouble().map(why -> "; " + why).orElse(""));
    }

    /// Once it was probed.
    CniResult add(Attachment<VpcConfig> attachment, Netns pod) {
        PodEni eni = await(attachment);
        Link trunk = trunk(attachment);
        PodVeth veth = veth(attachment, trunk);
        Branch branch = branch(attachment, eni, trunk, veth);
        branches.attach(attachment.host(), pod, branch, veth);
        translate(branch);
        return PodResult.of(veth, pod, branch.paths());
    }

    /// What leaves the VPC has the node's address, but with strict enforcement: then the groups of
    /// the pod alone would not have decided.
    private void translate(Branch branch) {
        switch (branch.enforcement()) {
            case STANDARD -> node.attached(branch.paths());
            case STRICT -> {}
        }
    }

    /// Those that were attached before this process was.
    void start() {
        branches.all().forEach(this::translate);
        if (!branches.all().isEmpty()) {
            branches.heal();
        }
    }

    /// @return what was missing
    List<String> heal() {
        return enforcement.isEmpty() && branches.all().isEmpty() ? List.of() : branches.heal();
    }

    boolean has(AttachmentId id) {
        return branches.find(id).isPresent();
    }

    void del(Netns host, Optional<Netns> pod, AttachmentId id) {
        branches.find(id).ifPresent(branch -> node.detached(branch.paths()));
        branches.detach(host, pod, id);
    }

    /// Gives up what no valid attachment of a network has.
    void gc(Netns host, String network, Set<AttachmentId> valid) {
        branches.all().stream()
                .map(Branch::owner)
                .filter(owner -> owner.isLeftover(network, valid))
                .forEach(owner -> del(host, Optional.empty(), owner));
    }
}
