package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Ec2.Association;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every branch that is known, and the VLAN ids in use. For one thread.
final class Branches {
    /// Source: Amazon's controller, pkg/provider/branch/trunk.
    static final int LAST_VLAN = 120;

    private final Map<String, Branch> byOrder = new LinkedHashMap<>();
    private final Map<String, Instant> deleted = new HashMap<>();
    private List<Association> described = List.of();

    void put(Branch branch) {
        byOrder.put(branch.order(), branch);
    }

    void remove(Branch branch) {
        byOrder.remove(branch.order());
    }

    /// Removes one whose interface is deleted, which EC2 may go on to describe for a while.
    void bury(Branch branch, Instant now) {
        remove(branch);
        branch.eni()
                .ifPresent(eni -> {
                    deleted.put(eni.id(), now);
                    describe(
                            described.stream()
                                    .filter(one -> !one.branch().equals(eni.id()))
                                    .toList());
                });
    }

    /// Whether an interface was deleted since then.
    boolean isDeleted(String eni, Instant since) {
        deleted.values().removeIf(at -> at.isBefore(since));
        return deleted.containsKey(eni);
    }

    List<Branch> all() {
        return new ArrayList<>(byOrder.values());
    }

    Optional<Branch> find(String order) {
        return Optional.ofNullable(byOrder.get(order));
    }

    Optional<Branch> ofPod(String uid) {
        return byOrder.values().stream().filter(branch -> branch.isOf(uid)).findFirst();
    }

    Optional<Branch> ofEni(String id) {
        return byOrder.values().stream().filter(branch -> branch.isEni(id)).findFirst();
    }

    /// What EC2 last said is on the trunks, whoever put it there.
    void describe(List<Association> associations) {
        described = List.copyOf(associations);
    }

    /// How many there are on a trunk: those that cool down, and those that are no pod's, too.
    int count(String trunk) {
        return (int) (on(trunk).count() + foreign(trunk).count());
    }

    private Stream<Branch> on(String trunk) {
        return byOrder.values().stream()
                .filter(branch -> branch.trunk().equals(trunk) && branch.vlan() > 0);
    }

    private Stream<Association> foreign(String trunk) {
        return described.stream()
                .filter(one -> one.trunk().equals(trunk) && ofEni(one.branch()).isEmpty());
    }

    List<Branch> warm(String trunk) {
        return on(trunk).filter(Branch::isWarm).toList();
    }

    OptionalInt freeVlan(String trunk) {
        Set<Integer> used = new HashSet<>();
        on(trunk).forEach(branch -> used.add(branch.vlan()));
        foreign(trunk).forEach(association -> used.add(association.vlan()));
        return IntStream.rangeClosed(1, LAST_VLAN).filter(vlan -> !used.contains(vlan)).findFirst();
    }
}
