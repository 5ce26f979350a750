package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Branch.Use;
import io.patchbay.cloud.controller.ControlPlane.Subject;
import io.patchbay.cloud.controller.Ec2.Association;
import io.patchbay.cloud.controller.Ec2.Eni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds what is known against what EC2 describes: nothing is leaked by a crash or a lost answer,
/// for what is tagged as a branch and is no pod's is let go.
final class Survey {
    private final Means means;
    private final Branches branches;

    Survey(Means means) {
        this.means = means;
        this.branches = means.branches();
    }

    void compare(Inventory inventory, ClusterState state) {
        branches.describe(List.copyOf(inventory.associations().values()));
        for (Eni eni : inventory.branches()) {
            Optional<Association> at = Optional.ofNullable(inventory.associations().get(eni.id()));
            branches.ofEni(eni.id())
                    .or(() -> ordered(eni))
                    .ifPresentOrElse(
                            known -> complete(known, eni, at),
                            () -> meet(eni, at, inventory, state));
        }
        Set<String> described =
                inventory.branches().stream().map(Eni::id).collect(Collectors.toSet());
        for (Branch branch : branches.all()) {
            if (branch.touched().isBefore(means.described())) {
                doubt(branch, described, inventory, state);
            }
        }
    }

    /// One whose creation was not answered.
    private Optional<Branch> ordered(Eni eni) {
        return Optional.ofNullable(eni.tags().get(Tag.ORDER))
                .flatMap(branches::find)
                .filter(branch -> branch.eni().isEmpty());
    }

    private void complete(Branch known, Eni eni, Optional<Association> at) {
        Branch created = known.eni().isEmpty() ? known.created(eni, means.now()) : known;
        Branch complete =
                at.filter(found ->
                                created.association().isEmpty()
                                        && found.trunk().equals(created.trunk())
                                        && found.vlan() == created.vlan())
                        .map(found -> created.associated(Optional.of(found.id()), means.now()))
                        .orElse(created);
        branches.put(complete);
    }

    /// One of an earlier life of the controller. Whether a pod has used it is not known, unless it
    /// has never been on a trunk.
    private void meet(Eni eni, Optional<Association> at, Inventory inventory, ClusterState state) {
        if (branches.isDeleted(eni.id(), means.described())) {
            return;
        }
        Use use =
                at.flatMap(found -> claimant(found, inventory, state))
                        .<Use>map(pod -> new Use.Of(pod.uid()))
                        .orElseGet(() ->
                                new Use.Leaving(
                                        at.isPresent()
                                                ? means.now().plus(means.settings().cooldown())
                                                : means.now()));
        branches.put(
                new Branch(
                        eni.id(),
                        at.map(Association::trunk).orElse(eni.tags().getOrDefault(Tag.TRUNK, "")),
                        at.map(Association::vlan).orElse(0),
                        eni.subnet(),
                        eni.groups(),
                        Optional.of(eni),
                        at.map(Association::id),
                        use,
                        means.now()));
    }

    /// The pod whose annotation names it, if it is on its node.
    private Optional<Pod> claimant(Association at, Inventory inventory, ClusterState state) {
        return state.pods().values().stream()
                .filter(pod -> pod.asks() && !pod.finished() && branches.ofPod(pod.uid()).isEmpty())
                .filter(pod ->
                        pod.branch()
                                .flatMap(BranchAnnotation::eni)
                                .filter(at.branch()::equals)
                                .isPresent())
                .filter(pod ->
                        pod.node()
                                .map(state.nodes()::get)
                                .flatMap(Node::instance)
                                .flatMap(inventory::trunkOf)
                                .filter(trunk -> trunk.id().equals(at.trunk()))
                                .isPresent())
                .min((a, b) -> a.key().compareTo(b.key()));
    }

    /// Lets one go that somebody else has changed.
    private void doubt(
            Branch branch, Set<String> described, Inventory inventory, ClusterState state) {
        boolean leaving = branch.use() instanceof Use.Leaving;
        if (branch.eni().filter(eni -> !described.contains(eni.id())).isPresent()) {
            branches.bury(branch, means.now());
            tell(branch, state, "is no more in EC2: somebody else has deleted it");
        } else if (!leaving && !inventory.isAttached(branch.trunk())) {
            branches.put(branch.with(new Use.Leaving(means.now())));
            tell(
                    branch,
                    state,
                    "has lost its trunk %s, which is not attached".formatted(branch.trunk()));
        } else if (!leaving
                && branch.association().isPresent()
                && branch.eni()
                        .filter(eni -> inventory.associations().containsKey(eni.id()))
                        .isEmpty()) {
            branches.put(
                    branch.associated(Optional.empty(), means.now())
                            .with(new Use.Leaving(means.now())));
            tell(branch, state, "is no more on its trunk %s".formatted(branch.trunk()));
        }
    }

    private void tell(Branch branch, ClusterState state, String what) {
        state.pods().values().stream()
                .filter(pod -> branch.isOf(pod.uid()))
                .forEach(pod ->
                        means.notices()
                                .warn(
                                        Subject.of(pod),
                                        "BranchLost",
                                        "%s of pod %s %s; it gets another one"
                                                .formatted(branch.title(), pod.key(), what)));
    }
}
