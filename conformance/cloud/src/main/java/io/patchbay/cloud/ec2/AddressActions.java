package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Assignments;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Addresses and prefixes of an interface.
final class AddressActions {
    static final Map<String, Action> ALL =
            Map.of(
                    "AssignPrivateIpAddresses", AddressActions::assign,
                    "UnassignPrivateIpAddresses", AddressActions::unassign,
                    "AssignIpv6Addresses", AddressActions::assignIpv6,
                    "UnassignIpv6Addresses", AddressActions::unassignIpv6);

    private AddressActions() {}

    private static List<Cidr> assigned(Call call, String eni) {
        Order order = Orders.ofAssignment(call.parameters());
        return call.perform(vpc -> Assignments.assign(vpc, eni, order, call.choice()));
    }

    private static List<Cidr> unassigned(Call call, String eni) {
        List<Cidr> blocks = Orders.named(call.parameters());
        call.change(vpc -> Assignments.unassign(vpc, eni, blocks));
        return blocks;
    }

    private static List<Xml> assign(Call call) {
        String eni = call.eni("NetworkInterfaceId");
        List<Cidr> added = assigned(call, eni);
        return List.of(
                text("networkInterfaceId", eni),
                set(
                        "assignedPrivateIpAddressesSet",
                        singles(added).map(address -> List.of(text("privateIpAddress", address)))),
                set(
                        "assignedIpv4PrefixSet",
                        prefixes(added).map(prefix -> List.of(text("ipv4Prefix", prefix)))),
                text("return", true));
    }

    private static List<Xml> unassign(Call call) {
        unassigned(call, call.eni("NetworkInterfaceId"));
        return Call.DONE;
    }

    private static List<Xml> assignIpv6(Call call) {
        String eni = call.eni("NetworkInterfaceId");
        List<Cidr> added = assigned(call, eni);
        return List.of(
                text("networkInterfaceId", eni),
                plain("assignedIpv6Addresses", singles(added)),
                plain("assignedIpv6PrefixSet", prefixes(added)));
    }

    private static List<Xml> unassignIpv6(Call call) {
        String eni = call.eni("NetworkInterfaceId");
        List<Cidr> gone = unassigned(call, eni);
        return List.of(
                text("networkInterfaceId", eni),
                plain("unassignedIpv6Addresses", singles(gone)),
                plain("unassignedIpv6PrefixSet", prefixes(gone)));
    }

    /// A list of texts without elements of their own.
    private static Xml plain(String name, Stream<String> values) {
        return Xml.of(name, values.map(value -> text("item", value)).toList());
    }

    private static Stream<String> singles(List<Cidr> blocks) {
        return blocks.stream().filter(Rendered::isSingle).map(block -> Cidr.text(block.address()));
    }

    private static Stream<String> prefixes(List<Cidr> blocks) {
        return blocks.stream().filter(block -> !Rendered.isSingle(block)).map(Cidr::toString);
    }
}
