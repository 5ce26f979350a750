package io.patchbay.cloud.vpc;

import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import java.util.List;
import java.util.Optional;

/// AssociateTrunkInterface and DisassociateTrunkInterface, by VLAN.
public final class Trunks {
    private static final int LAST_VLAN = 4094;

    private Trunks() {}

    public static Outcome<Association> associate(
            Vpc vpc, String branch, String trunk, int vlan, Choice choice) {
        NetworkInterface below = vpc.getInterface(trunk);
        NetworkInterface eni = vpc.getInterface(branch);
        if (below.kind() != Kind.TRUNK) {
            throw Ec2Refusal.parameter("Interface %s is not a trunk interface".formatted(trunk));
        }
        String instance =
                below.attachment()
                        .orElseThrow(() ->
                                Ec2Refusal.parameter(
                                        "Trunk interface %s is not attached".formatted(trunk)))
                        .instance();
        if (eni.attachment().isPresent() || eni.association().isPresent()) {
            throw new Ec2Refusal(
                    "InvalidNetworkInterface.InUse", "Interface: [%s] in use.".formatted(branch));
        }
        if (eni.kind() != Kind.INTERFACE && eni.kind() != Kind.BRANCH) {
            throw Ec2Refusal.parameter("Interface %s cannot be a branch".formatted(branch));
        }
        refuseVlan(vpc.getInstance(instance), trunk, vlan, associations(vpc, trunk));
        Association association = new Association(choice.id("trunk-assoc"), trunk, vlan);
        return new Outcome<>(
                vpc.with(eni.withAssociation(Kind.BRANCH, Optional.of(association))), association);
    }

    private static void refuseVlan(
            Instance instance, String trunk, int vlan, List<Association> others) {
        if (vlan < 1 || vlan > LAST_VLAN) {
            throw Ec2Refusal.parameter(
                    "Value (%d) for parameter VlanId is invalid.".formatted(vlan));
        }
        if (others.stream().anyMatch(other -> other.vlan() == vlan)) {
            throw Ec2Refusal.parameter(
                    "VLAN ID %d is already in use on trunk interface %s".formatted(vlan, trunk));
        }
        int limit = InstanceTypes.get(instance.type()).branches();
        if (others.size() >= limit) {
            throw new Ec2Refusal(
                    "AttachmentLimitExceeded",
                    "Branch interface count %d exceeds the limit for %s"
                            .formatted(others.size() + 1, instance.type()));
        }
    }

    private static List<Association> associations(Vpc vpc, String trunk) {
        return vpc.interfaces().values().stream()
                .flatMap(eni -> eni.association().stream())
                .filter(association -> association.trunk().equals(trunk))
                .toList();
    }

    public static Vpc disassociate(Vpc vpc, String association) {
        NetworkInterface eni =
                vpc.interfaces().values().stream()
                        .filter(other ->
                                other.association()
                                        .filter(at -> at.id().equals(association))
                                        .isPresent())
                        .findFirst()
                        .orElseThrow(() ->
                                new Ec2Refusal(
                                        "InvalidAssociationID.NotFound",
                                        "The association ID '%s' does not exist"
                                                .formatted(association)));
        return vpc.with(eni.withAssociation(Kind.BRANCH, Optional.empty()));
    }
}
