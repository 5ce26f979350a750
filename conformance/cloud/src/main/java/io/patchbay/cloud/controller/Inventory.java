package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Ec2.Association;
import io.patchbay.cloud.controller.Ec2.Attached;
import io.patchbay.cloud.controller.Ec2.Eni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What EC2 described.
///
/// @param associations by branch
record Inventory(List<Eni> trunks, List<Eni> branches, Map<String, Association> associations) {
    Inventory {
        trunks = List.copyOf(trunks);
        branches = List.copyOf(branches);
        associations = Map.copyOf(associations);
    }

    static Inventory of(Ec2 ec2) {
        return new Inventory(
                ec2.trunks(),
                ec2.tagged(Tag.TRUNK),
                ec2.associations().stream()
                        .collect(Collectors.toMap(Association::branch, Function.identity())));
    }

    Optional<Eni> trunkOf(String instance) {
        return trunks.stream()
                .filter(eni ->
                        eni.attached().map(Attached::instance).filter(instance::equals).isPresent())
                .findFirst();
    }

    /// Trunks that are attached to nothing, though they were made for the instance.
    Stream<Eni> sparesFor(String instance) {
        return spares().filter(eni -> instance.equals(eni.tags().get(Tag.INSTANCE)));
    }

    Stream<Eni> spares() {
        return trunks.stream()
                .filter(eni -> eni.attached().isEmpty() && eni.tags().containsKey(Tag.INSTANCE));
    }

    boolean isAttached(String trunk) {
        return trunks.stream()
                .anyMatch(eni -> eni.id().equals(trunk) && eni.attached().isPresent());
    }
}
