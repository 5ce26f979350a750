package io.patchbay.vpc.branch;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.vpc.branch.Leftovers.Seen;
import io.patchbay.vpc.plumbing.Absence;
import io.patchbay.vpc.plumbing.PodCheck;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodVeth;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pods of this node that have a branch interface: it attaches and detaches them, and brings
/// back what somebody else takes away. What it knows of them is noted before the first effect, and
/// DEL needs nothing beside that and the kernel. Safe from any thread.
public final class Branches {
    private final Journal<BranchNote> notes;
    private final BranchNetwork network;
    private final Map<String, Branch> known = new LinkedHashMap<>();
    private final Map<String, Branch> attached = new LinkedHashMap<>();
    private final boolean strict;

    /// @param strict whether the node is to be ready for strict enforcement even without such a pod
    public Branches(
            Netns host, Journal<BranchNote> notes, Journal<StrictNote> before, boolean strict) {
        this.notes = notes;
        this.network = new BranchNetwork(host, before);
        this.strict = strict;
        notes.all().values().stream()
                .map(BranchNote::branch)
                .forEach(branch -> known.put(branch.name(), branch));
        attached.putAll(known);
    }

    public synchronized Optional<Branch> find(AttachmentId owner) {
        return known.values().stream().filter(branch -> branch.owner().equals(owner)).findFirst();
    }

    public synchronized List<Branch> all() {
        return List.copyOf(known.values());
    }

    /// Refuses what cannot be attached now. It changes nothing.
    public synchronized void probe(Netns host, Branch branch) {
        leftovers(host, branch);
    }

    private Leftovers leftovers(Netns host, Branch branch) {
        List<Link> links = host.rtnl().links();
        Collection<Branch> others =
                known.values().stream()
                        .filter(other -> !other.owner().equals(branch.owner()))
                        .toList();
        return Leftovers.of(
                branch,
                Trunk.link(branch.trunk(), links).index(),
                others,
                new Seen(
                        links,
                        host.rtnl().rules(),
                        host.rtnl().routes(branch.table()),
                        host.rtnl().routes(Route.MAIN)));
    }

    /// Notes the branch, and makes it and the pod's link. What an earlier pod left of the VLAN goes
    /// first.
    public synchronized void attach(Netns host, Netns pod, Branch branch, PodVeth veth) {
        PodNetwork.refuseTaken(host, branch.hostName());
        Leftovers leftovers = leftovers(host, branch);
        notes.write(branch.name(), BranchNote.of(branch));
        known.put(branch.name(), branch);
        leftovers.rules().forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
        leftovers.links().forEach(link -> Absence.tolerated(host, new DeleteLink(link)));
        network.strict(host, isStrict());
        network.lay(host, new BranchState(List.of(branch), branch.isStrict()));
        Map<String, Branch> now = new LinkedHashMap<>(attached);
        now.put(branch.name(), branch);
        network.zones(BranchState.zones(now.values()));
        PodNetwork.add(host, pod, veth, branch.paths());
        attached.put(branch.name(), branch);
    }

    /// Removes what an attachment has, whole or half, and forgets it. Idempotent; nothing where
    /// there is no note.
    public synchronized void detach(Netns host, Optional<Netns> pod, AttachmentId owner) {
        find(owner).ifPresent(branch -> detach(host, pod, branch));
    }

    private void detach(Netns host, Optional<Netns> pod, Branch branch) {
        attached.remove(branch.name());
        BranchRouting routing = new BranchRouting(branch);
        routing.rules().reversed().forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
        PodNetwork.remove(host, pod, routing.pod().paths());
        network.zones(BranchState.zones(attached.values()));
        host.rtnl()
                .find(branch.link())
                .filter(branch::isOwn)
                .ifPresent(link -> Absence.tolerated(host, new DeleteLink(link.index())));
        network.strict(host, isStrict(branch));
        notes.erase(branch.name());
        known.remove(branch.name());
    }

    /// @param gone the branch that does not count any more
    private boolean isStrict(Branch... gone) {
        return strict
                || known.values().stream()
                        .filter(branch -> !List.of(gone).contains(branch))
                        .anyMatch(Branch::isStrict);
    }

    /// What is not as {@link #attach} left it is code 100.
    public synchronized void check(Netns host, Netns pod, AttachmentId owner, CniResult result) {
        Branch branch =
                find(owner)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "%s should have a branch interface, and has none"
                                                .formatted(owner)));
        new PodCheck(host, pod, branch.paths(), result).run(owner.ifName());
        network.check(host, branch);
    }

    /// Brings what is missing into the kernel, and tells what that was; without a pod of strict
    /// enforcement, and where none is to come, it takes back what those need of the node. What the
    /// kernel refuses is thrown when all else is done.
    public synchronized List<String> heal() {
        return network.heal(attached.values(), isStrict());
    }
}
