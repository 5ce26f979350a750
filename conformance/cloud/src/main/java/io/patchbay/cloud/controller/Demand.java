package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Branch.Use;
import io.patchbay.cloud.controller.ControlPlane.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Which pods are to have a branch, and which branches are to go. It asks EC2 nothing.
final class Demand {
    private static final String FAILED = "BranchAllocationFailed";

    private final Means means;
    private final Trunks trunks;
    private final Branches branches;

    Demand(Means means, Trunks trunks) {
        this.means = means;
        this.trunks = trunks;
        this.branches = means.branches();
    }

    /// Lets go what is of pods that are gone, for which the cooldown begins.
    void release(ClusterState state) {
        Set<String> live =
                state.pods().values().stream()
                        .filter(pod -> !pod.finished())
                        .map(Pod::uid)
                        .collect(Collectors.toSet());
        Instant after = means.now().plus(means.settings().cooldown());
        for (Branch branch : branches.all()) {
            if (branch.use() instanceof Use.Of(String uid) && !live.contains(uid)) {
                branches.put(branch.with(new Use.Leaving(after)));
            }
        }
    }

    /// Orders what pods lack.
    ///
    /// @param settled whether an annotation that names no known branch is certain to be stale
    void order(ClusterState state, boolean settled) {
        state.pods().values().stream()
                .filter(pod -> pod.asks() && !pod.finished() && pod.node().isPresent())
                .filter(pod -> branches.ofPod(pod.uid()).isEmpty())
                .filter(pod -> settled || pod.branch().isEmpty())
                .sorted(Comparator.comparing(Pod::key))
                .forEach(pod -> order(pod, pod.node().orElseThrow(), state));
    }

    private void order(Pod pod, String node, ClusterState state) {
        Optional<CniNode> wants = state.cniNode(node).filter(CniNode::wantsBranches);
        Optional<Trunk> trunk = wants.flatMap(_ -> trunks.find(node));
        List<String> groups = state.groups(pod);
        if (groups.isEmpty()) {
            tell(
                    pod,
                    "asks for %s, but no SecurityGroupPolicy of its namespace selects it"
                            .formatted(PodJson.POD_ENI));
        } else if (wants.isEmpty()) {
            tell(
                    pod,
                    "needs a branch, but the CNINode of its node %s has no feature %s"
                            .formatted(node, CniNode.BRANCHES));
        } else if (trunk.isEmpty()) {
            tell(
                    pod,
                    "needs a branch, but its node %s has no trunk: see the node's events"
                            .formatted(node));
        } else {
            subnet(pod, wants.get(), trunk.get(), state.eniConfigs())
                    .filter(subnet ->
                            !means.setbacks().rests(wish(pod.uid(), subnet, groups), means.now()))
                    .ifPresent(subnet -> order(pod, trunk.get(), subnet, groups));
        }
    }

    /// What was refused is asked for again soon only if it is something else.
    static String wish(String uid, String subnet, List<String> groups) {
        return "%s in %s with %s".formatted(uid, subnet, groups);
    }

    private Optional<String> subnet(
            Pod pod, CniNode wants, Trunk trunk, Map<String, EniConfig> configs) {
        if (wants.eniConfig().isEmpty()) {
            return Optional.of(trunk.machine().subnet());
        }
        String name = wants.eniConfig().get();
        Optional<String> subnet = Optional.ofNullable(configs.get(name)).map(EniConfig::subnet);
        if (subnet.isEmpty()) {
            tell(
                    pod,
                    "needs a branch in the subnet of ENIConfig %s, as the CNINode of node %s says, but there is no such ENIConfig: create it"
                            .formatted(name, trunk.node()));
        }
        return subnet;
    }

    private void order(Pod pod, Trunk trunk, String subnet, List<String> groups) {
        List<Branch> warm =
                branches.warm(trunk.eni()).stream()
                        .filter(branch -> branch.association().isPresent())
                        .toList();
        Optional<Branch> fit =
                warm.stream().filter(branch -> branch.subnet().equals(subnet)).findFirst();
        if (fit.isPresent()) {
            branches.put(fit.get().wanting(groups).with(new Use.Of(pod.uid())));
            return;
        }
        OptionalInt vlan = branches.freeVlan(trunk.eni());
        if (branches.count(trunk.eni()) >= trunk.limit()) {
            warm.stream()
                    .findFirst()
                    .ifPresent(other -> branches.put(other.with(new Use.Leaving(means.now()))));
            tell(
                    pod,
                    "waits for a branch: node %s (%s) has the %d that it can have, those that cool down among them"
                            .formatted(trunk.node(), trunk.machine().type(), trunk.limit()));
        } else if (vlan.isEmpty()) {
            tell(
                    pod,
                    "waits for a branch: every VLAN id of trunk %s of node %s, 1 to %d, is in use"
                            .formatted(trunk.eni(), trunk.node(), Branches.LAST_VLAN));
        } else {
            put(trunk, vlan.getAsInt(), subnet, groups, new Use.Of(pod.uid()));
        }
    }

    private void put(Trunk trunk, int vlan, String subnet, List<String> groups, Use use) {
        branches.put(
                new Branch(
                        UUID.randomUUID().toString(),
                        trunk.eni(),
                        vlan,
                        subnet,
                        groups,
                        Optional.empty(),
                        Optional.empty(),
                        use,
                        means.now()));
    }

    private void tell(Pod pod, String what) {
        means.notices().warn(Subject.of(pod), FAILED, "pod %s %s".formatted(pod.key(), what));
    }

    /// Keeps as many branches ahead of pods as are wanted: at first those that have cooled down.
    void warm(ClusterState state) {
        for (Trunk trunk : trunks.all()) {
            Optional<String> subnet =
                    state.cniNode(trunk.node())
                            .filter(CniNode::wantsBranches)
                            .flatMap(wants -> warmIn(wants, trunk, state));
            branches.warm(trunk.eni()).stream()
                    .skip(subnet.isPresent() ? means.settings().warm() : 0)
                    .forEach(branch -> branches.put(branch.with(new Use.Leaving(means.now()))));
            subnet.filter(_ -> !means.setbacks().rests(ahead(trunk.eni()), means.now()))
                    .ifPresent(in -> warm(trunk, in));
        }
    }

    /// What is refused to a trunk for no pod.
    static String ahead(String trunk) {
        return "a warm branch on " + trunk;
    }

    private static Optional<String> warmIn(CniNode wants, Trunk trunk, ClusterState state) {
        return wants.eniConfig().isEmpty()
                ? Optional.of(trunk.machine().subnet())
                : wants.eniConfig().map(state.eniConfigs()::get).map(EniConfig::subnet);
    }

    private void warm(Trunk trunk, String subnet) {
        int missing = means.settings().warm() - branches.warm(trunk.eni()).size();
        List<Branch> cool =
                branches.all().stream()
                        .filter(branch ->
                                branch.trunk().equals(trunk.eni())
                                        && branch.subnet().equals(subnet)
                                        && branch.association().isPresent()
                                        && isDue(branch, means.now()))
                        .limit(Math.max(0, missing))
                        .toList();
        cool.forEach(branch -> branches.put(branch.with(new Use.Warm())));
        for (int i = cool.size(); i < missing && branches.count(trunk.eni()) < trunk.limit(); i++) {
            branches.freeVlan(trunk.eni())
                    .ifPresent(vlan ->
                            put(trunk, vlan, subnet, trunk.machine().groups(), new Use.Warm()));
        }
    }

    static boolean isDue(Branch branch, Instant now) {
        return branch.use() instanceof Use.Leaving(Instant after) && !now.isBefore(after);
    }
}
