package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Branch.Use;
import io.patchbay.cloud.controller.ControlPlane.EventType;
import io.patchbay.cloud.controller.ControlPlane.Subject;
import io.patchbay.cloud.controller.Ec2.Creation;
import io.patchbay.cloud.controller.Ec2.Eni;
import io.patchbay.cloud.controller.Ec2.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls that bring each branch to where it is to be. Every answer is kept before the next
/// call. For one thread.
final class Labour {
    private static final String FAILED = "BranchAllocationFailed";

    private final Means means;
    private final Branches branches;
    private final Map<String, Subnet> subnets = new HashMap<>();
    private boolean doubtful;

    Labour(Means means) {
        this.means = means;
        this.branches = means.branches();
    }

    /// Whether EC2 has said what does not go with what is known; tells it once.
    boolean isDoubtful() {
        boolean was = doubtful;
        doubtful = false;
        return was;
    }

    /// Deletes what is due. What fails stays, and is tried again for ever.
    void remove() {
        branches.all().stream()
                .filter(branch -> Demand.isDue(branch, means.now()))
                .forEach(branch ->
                        means.attempt(
                                "removal of " + branch.order(), () -> remove(branch), _ -> {}));
    }

    private void remove(Branch branch) {
        branch.association().ifPresent(this::disassociate);
        Branch free = branch.associated(Optional.empty(), branch.touched());
        branches.put(free);
        free.eni().map(Eni::id).ifPresent(eni -> delete(eni, free));
        branches.bury(free, means.now());
    }

    private void disassociate(String association) {
        try {
            means.ec2().disassociate(association);
        } catch (Ec2Failure e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /// One that EC2 does not know is gone, unless it is too young to be known.
    private void delete(String eni, Branch branch) {
        try {
            means.ec2().delete(eni);
        } catch (Ec2Failure e) {
            if (!e.isNotFound() || branch.touched().isAfter(means.described())) {
                throw e;
            }
        }
    }

    /// Creates what is ordered, and tells pods.
    void advance(ClusterState state) {
        Map<String, Pod> pods = new HashMap<>();
        state.pods().values().forEach(pod -> pods.put(pod.uid(), pod));
        for (Branch branch : branches.all()) {
            switch (branch.use()) {
                case Use.Of(String uid) ->
                        advance(branch.order(), Optional.ofNullable(pods.get(uid)));
                case Use.Warm() -> advance(branch.order(), Optional.empty());
                case Use.Leaving(_) -> {}
            }
        }
    }

    private void advance(String order, Optional<Pod> pod) {
        means.attempt(
                order,
                () -> {
                    known(order).filter(is -> is.eni().isEmpty()).ifPresent(this::create);
                    known(order)
                            .filter(is -> is.association().isEmpty())
                            .ifPresent(this::associate);
                    known(order).filter(is -> !is.hasItsGroups()).ifPresent(this::setGroups);
                    pod.ifPresent(of -> known(order).ifPresent(is -> tell(of, is)));
                },
                failure -> known(order).ifPresent(is -> failed(is, pod, failure)));
    }

    private Optional<Branch> known(String order) {
        return branches.find(order);
    }

    private void create(Branch branch) {
        boolean ipv6 = subnet(branch.subnet()).ipv6().isPresent();
        Eni eni =
                means.ec2()
                        .create(
                                new Creation(
                                        branch.order(),
                                        false,
                                        branch.subnet(),
                                        branch.groups(),
                                        ipv6,
                                        Tag.ofBranch(branch)));
        branches.put(branch.created(eni, means.now()));
    }

    private Subnet subnet(String id) {
        return subnets.computeIfAbsent(id, means.ec2()::subnet);
    }

    private void associate(Branch branch) {
        String eni = branch.eni().orElseThrow().id();
        String token = branch.order() + "-on-trunk";
        String association = means.ec2().associate(token, eni, branch.trunk(), branch.vlan());
        branches.put(branch.associated(Optional.of(association), means.now()));
    }

    private void setGroups(Branch branch) {
        Eni eni = branch.eni().orElseThrow();
        // Until there is an answer it may have these groups or those.
        branches.put(branch.created(eni.withGroups(List.of()), branch.touched()));
        means.ec2().setGroups(eni.id(), branch.groups());
        branches.put(branch.created(eni.withGroups(branch.groups()), branch.touched()));
    }

    private void tell(Pod pod, Branch branch) {
        Eni eni = branch.eni().orElseThrow();
        if (pod.branch().flatMap(BranchAnnotation::eni).equals(Optional.of(eni.id()))) {
            return;
        }
        String association = branch.association().orElseThrow();
        String annotation =
                BranchAnnotation.encode(eni, branch.vlan(), subnet(branch.subnet()), association);
        means.plane().annotate(pod, annotation);
        means.notices()
                .tell(
                        Subject.of(pod),
                        EventType.NORMAL,
                        "ResourceAllocated",
                        "Allocated %s to the pod".formatted(annotation));
    }

    /// What EC2 refuses for good is given up, and the pod asks anew; all else is asked again by the
    /// same token.
    private void failed(Branch branch, Optional<Pod> pod, Ec2Failure failure) {
        boolean young =
                failure.isNotFound()
                        && branch.eni().isPresent()
                        && branch.touched().isAfter(means.described());
        if (failure.isFinal() && !young) {
            String wish =
                    pod.map(of -> Demand.wish(of.uid(), branch.subnet(), branch.groups()))
                            .orElseGet(() -> Demand.ahead(branch.trunk()));
            means.setbacks().fail(wish, means.now());
            giveUp(branch, failure);
        }
        pod.ifPresent(of ->
                means.notices()
                        .warn(
                                Subject.of(of),
                                FAILED,
                                "pod %s waits for a branch: %s"
                                        .formatted(of.key(), failure.getMessage())));
    }

    private void giveUp(Branch branch, Ec2Failure failure) {
        doubtful |= branch.eni().isPresent();
        if (branch.eni().isEmpty()) {
            branches.remove(branch);
        } else if (branch.association().isPresent() && !failure.isNotFound()) {
            branches.put(branch.with(new Use.Warm()).wanting(List.of()));
        } else {
            branches.put(branch.with(new Use.Leaving(means.now())));
        }
    }
}
