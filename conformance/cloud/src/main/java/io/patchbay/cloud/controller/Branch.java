package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Ec2.Eni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A branch interface that is wanted, is there, or is to go.
///
/// @param order what it is known by before it has an id, and the ClientToken
/// @param trunk the interface it is to be on
/// @param vlan its tag there; 0 for one that never got there
/// @param groups the security groups it is to have
/// @param eni once it is created
/// @param association once it is on its trunk
/// @param touched when EC2 last said of it what is not described at once
record Branch(
        String order,
        String trunk,
        int vlan,
        String subnet,
        List<String> groups,
        Optional<Eni> eni,
        Optional<String> association,
        Use use,
        Instant touched) {

    /// What it is there for.
    sealed interface Use {
        /// A pod, by its uid.
        record Of(String pod) implements Use {}

        /// The next pod.
        record Warm() implements Use {}

        /// Nothing; from then on it may be deleted.
        record Leaving(Instant after) implements Use {}
    }

    Branch {
        groups = List.copyOf(groups);
    }

    Branch with(Use now) {
        return new Branch(order, trunk, vlan, subnet, groups, eni, association, now, touched);
    }

    Branch created(Eni now, Instant at) {
        return new Branch(
                order, trunk, vlan, subnet, groups, Optional.of(now), association, use, at);
    }

    Branch associated(Optional<String> now, Instant at) {
        return new Branch(order, trunk, vlan, subnet, groups, eni, now, use, at);
    }

    Branch wanting(List<String> now) {
        return new Branch(order, trunk, vlan, subnet, now, eni, association, use, touched);
    }

    boolean isOf(String uid) {
        return use instanceof Use.Of(String pod) && pod.equals(uid);
    }

    boolean isWarm() {
        return use instanceof Use.Warm;
    }

    boolean isEni(String id) {
        return eni.filter(is -> is.id().equals(id)).isPresent();
    }

    boolean hasItsGroups() {
        return eni.filter(is -> Set.copyOf(is.groups()).equals(Set.copyOf(groups))).isPresent();
    }

    /// How it is named in a sentence.
    String title() {
        return eni.map(is -> "branch " + is.id())
                .orElse("the branch of VLAN %d on %s".formatted(vlan, trunk));
    }
}
