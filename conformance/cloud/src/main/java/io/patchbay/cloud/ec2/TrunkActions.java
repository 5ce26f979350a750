package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.Outcome;
import io.patchbay.cloud.vpc.Trunks;
import io.patchbay.cloud.vpc.Vpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Branches on their trunks.
final class TrunkActions {
    static final Map<String, Action> ALL =
            Map.of(
                    "AssociateTrunkInterface", TrunkActions::associate,
                    "DisassociateTrunkInterface", TrunkActions::disassociate,
                    "DescribeTrunkInterfaceAssociations", TrunkActions::describe);

    private static final Map<String, Function<NetworkInterface, Stream<String>>> FIELDS =
            Map.of(
                    "trunk-interface-association.trunk-interface-id",
                            eni -> eni.association().stream().map(Association::trunk),
                    "trunk-interface-association.branch-interface-id", eni -> Stream.of(eni.id()),
                    "trunk-interface-association.association-id",
                            eni -> eni.association().stream().map(Association::id));

    private TrunkActions() {}

    private static List<Xml> associate(Call call) {
        Parameters parameters = call.parameters();
        String branch = call.eni("BranchInterfaceId");
        String trunk = call.eni("TrunkInterfaceId");
        if (parameters.find("GreKey").isPresent()) {
            throw new Ec2Refusal(
                    "UnsupportedOperation", "Only associations by VLAN ID are supported here");
        }
        int vlan = parameters.getNumber("VlanId");
        NetworkInterface eni =
                call.perform(vpc ->
                        call.tokens()
                                .once(
                                        parameters,
                                        vpc,
                                        now -> associated(now, branch, trunk, vlan, call),
                                        NetworkInterface::id,
                                        vpc::getInterface));
        List<Xml> out = new ArrayList<>();
        out.add(Xml.of("interfaceAssociation", association(eni)));
        out.addAll(Xml.optional("clientToken", parameters.find("ClientToken")));
        return out;
    }

    private static Outcome<NetworkInterface> associated(
            Vpc vpc, String branch, String trunk, int vlan, Call call) {
        Vpc now = Trunks.associate(vpc, branch, trunk, vlan, call.choice()).vpc();
        return new Outcome<>(now, now.getInterface(branch));
    }

    private static List<Xml> association(NetworkInterface eni) {
        Association association = eni.association().orElseThrow();
        return List.of(
                text("associationId", association.id()),
                text("branchInterfaceId", eni.id()),
                text("trunkInterfaceId", association.trunk()),
                text("interfaceProtocol", "VLAN"),
                text("vlanId", association.vlan()));
    }

    private static List<Xml> disassociate(Call call) {
        String association = call.parameters().get("AssociationId");
        return call.change(vpc -> Trunks.disassociate(vpc, association));
    }

    private static List<Xml> describe(Call call) {
        Parameters parameters = call.parameters();
        List<String> ids = parameters.list("AssociationId");
        Filters filters = Filters.of(parameters);
        return Pages.of(
                parameters,
                "interfaceAssociationSet",
                call.seen().interfaces().values().stream()
                        .filter(eni ->
                                eni.association()
                                        .filter(at -> ids.isEmpty() || ids.contains(at.id()))
                                        .isPresent())
                        .filter(eni -> filters.match(eni, eni.tags(), FIELDS))
                        .toList(),
                eni -> eni.association().orElseThrow().id(),
                TrunkActions::association);
    }
}
