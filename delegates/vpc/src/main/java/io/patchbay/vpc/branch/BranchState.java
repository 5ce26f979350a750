package io.patchbay.vpc.branch;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Link;
import io.patchbay.vpc.plumbing.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The branches as they are meant to be in the kernel. It touches nothing.
///
/// @param strict whether the node is to be ready for strict enforcement
record BranchState(List<Branch> branches, boolean strict) {
    /// Of all branches those whose pod and whose trunk have a link: without a trunk there is
    /// nothing that a branch could be on.
    static BranchState of(Collection<Branch> all, boolean strict, List<Link> links) {
        return new BranchState(
                all.stream()
                        .filter(branch -> links.stream().anyMatch(branch::isHostEnd))
                        .filter(branch -> Trunk.find(branch.trunk(), links).isPresent())
                        .toList(),
                strict);
    }

    /// What makes the branches' own links that are missing, and right those that are there.
    List<Change> links(List<Link> links) {
        List<Change> changes = new ArrayList<>();
        for (Branch branch : branches) {
            Optional<Link> own = links.stream().filter(branch::isOwn).findFirst();
            if (own.isEmpty()) {
                Trunk.find(branch.trunk(), links)
                        .ifPresent(trunk ->
                                changes.add(new BranchRouting(branch).creation(trunk.index())));
            } else if (!own.get().mac().equals(Optional.of(branch.mac()))) {
                changes.add(new SetMac(branch.link(), branch.mac()));
            }
        }
        return changes;
    }

    /// The branches' ways out, and what the node needs.
    Wanted uplinks(List<Link> links) {
        Wanted wanted = Wanted.nothing(Optional.empty());
        for (Branch branch : branches) {
            Trunk.find(branch.trunk(), links)
                    .ifPresent(trunk -> wanted.links().put(trunk.index(), 0));
            wanted.links().put(branch.link(), 0);
            BranchRouting routing = new BranchRouting(branch);
            wanted.routes().addAll(routing.routes());
            wanted.rules().addAll(routing.rules());
            wanted.sysctls().putAll(routing.sysctls());
        }
        if (strict) {
            wanted.sysctls().putAll(StrictNode.SYSCTLS);
        }
        return wanted;
    }

    /// The ways to the pods as well.
    Wanted wanted(List<Link> links) {
        Wanted wanted = uplinks(links);
        branches.forEach(branch -> wanted.add(new BranchRouting(branch).pod()));
        return wanted;
    }

    static Map<String, Integer> zones(Collection<Branch> branches) {
        Map<String, Integer> zones = new TreeMap<>();
        branches.forEach(branch -> zones.putAll(new BranchRouting(branch).zones()));
        return zones;
    }
}
