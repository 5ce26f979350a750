package io.patchbay.vpc.branch;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.plumbing.Present;
import io.patchbay.vpc.plumbing.Repair;
import io.patchbay.vpc.plumbing.Told;
import io.patchbay.vpc.plumbing.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the kernel to where branches are as they are meant to be. For one thread at a time.
final class BranchNetwork {
    /// One repair may uncover the next.
    private static final int PASSES = 3;

    private final Netns host;
    private final StrictNode strict;
    private final ZoneTable zones;

    BranchNetwork(Netns host, Journal<StrictNote> before) {
        this.host = host;
        this.strict = new StrictNode(before);
        this.zones = new ZoneTable(host.nft());
    }

    /// Makes a branch's way out: its link first, for only then its settings are there, and the link
    /// is set up and leads anywhere after those.
    void lay(Netns host, BranchState state) {
        List<Link> links = host.rtnl().links();
        host.rtnl().apply(state.links(links));
        Wanted wanted = state.uplinks(links);
        Repair repair = Repair.of(wanted, Present.read(host, wanted));
        repair.sysctls().forEach(host.sysctl()::set);
        host.rtnl().apply(repair.changes());
    }

    void zones(Map<String, Integer> wanted) {
        if (zones.differs(wanted)) {
            zones.write(wanted);
        }
    }

    /// Makes the node ready for strict enforcement, or as it was before.
    List<Change> strict(Netns host, boolean wanted) {
        return wanted ? strict.enter(host) : strict.leave(host);
    }

    List<String> heal(Collection<Branch> attached, boolean strictWanted) {
        List<String> told = new ArrayList<>();
        Optional<KernelException> refusal = Optional.empty();
        for (int pass = 0; pass < PASSES; pass++) {
            List<String> done = new ArrayList<>();
            refusal = pass(attached, strictWanted, done);
            told.addAll(done);
            if (done.isEmpty()) {
                break;
            }
        }
        refusal.ifPresent(e -> {
            throw e;
        });
        return told;
    }

    private Optional<KernelException> pass(
            Collection<Branch> attached, boolean strictWanted, List<String> done) {
        Optional<KernelException> refusal =
                attempt(() ->
                        strict(host, strictWanted).forEach(change -> done.add(Told.of(change))));
        List<Link> links = host.rtnl().links();
        BranchState state = BranchState.of(attached, strictWanted, links);
        refusal = refusal.or(() -> apply(state.links(links), done));
        Wanted wanted = state.wanted(links);
        Repair repair = Repair.of(wanted, Present.read(host, wanted));
        for (Map.Entry<String, String> setting : repair.sysctls().entrySet()) {
            Optional<KernelException> no =
                    attempt(() -> host.sysctl().set(setting.getKey(), setting.getValue()));
            refusal = refusal.or(() -> no);
            done.add(setting.getKey() + " is set to " + setting.getValue());
        }
        Optional<KernelException> no = apply(repair.changes(), done);
        Map<String, Integer> known = BranchState.zones(attached);
        if (zones.differs(known)) {
            Optional<KernelException> unwritten = attempt(() -> zones.write(known));
            refusal = refusal.or(() -> unwritten);
            done.add("table %s of nftables is written".formatted(ZoneTable.NAME));
        }
        return refusal.or(() -> no);
    }

    /// What is not as it should be of one branch is code 100.
    void check(Netns host, Branch branch) {
        List<Link> links = host.rtnl().links();
        BranchState state = new BranchState(List.of(branch), branch.isStrict());
        if (Trunk.find(branch.trunk(), links).isEmpty()) {
            throw missing(host, branch, "the trunk's link, of MAC address " + branch.trunk());
        }
        Wanted wanted = state.wanted(links);
        List<Change> changes = new ArrayList<>(state.links(links));
        Repair repair = Repair.of(wanted, Present.read(host, wanted));
        changes.addAll(repair.changes());
        if (branch.isStrict()) {
            changes.addAll(StrictNode.entering(host.rtnl().rules()));
        }
        changes.forEach(change -> {
            throw missing(host, branch, thing(change));
        });
        repair.sysctls()
                .forEach((key, value) -> {
                    throw missing(host, branch, key + " as " + value);
                });
        if (!zones.has(BranchState.zones(state.branches()))) {
            throw missing(
                    host,
                    branch,
                    "table %s of nftables with the zones of its links".formatted(ZoneTable.NAME));
        }
    }

    private static String thing(Change change) {
        return switch (change) {
            case CreateLink create -> "link " + create.spec().head().name();
            case SetMac set -> "link %d with MAC address %s".formatted(set.link(), set.mac());
            case SetUp set -> "link %d as up".formatted(set.link());
            case AddRoute add -> Told.of(add.route());
            case AddRule add -> Told.of(add.rule());
            default -> "what was there before: " + Told.of(change);
        };
    }

    private static CniException missing(Netns host, Branch branch, String what) {
        return CniException.changed(
                "branch interface %s of pod %s should have %s in %s, and has not"
                        .formatted(branch.eni(), branch.pod(), what, host.path()));
    }

    private Optional<KernelException> apply(List<Change> changes, List<String> done) {
        changes.forEach(change -> done.add(Told.of(change)));
        return attempt(() -> host.rtnl().apply(changes));
    }

    /// What somebody else did meanwhile is no refusal.
    private static Optional<KernelException> attempt(Runnable effect) {
        try {
            effect.run();
            return Optional.empty();
        } catch (KernelException e) {
            return e.exists() || e.isAbsent() ? Optional.empty() : Optional.of(e);
        }
    }
}
