package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a request wants assigned. The same is named differently from action to action.
final class Orders {
    private Orders() {}

    static Order ofCreation(Parameters parameters) {
        List<Cidr> named = new ArrayList<>();
        named.addAll(
                singles(
                        parameters.members("PrivateIpAddresses").stream()
                                .filter(Predicate.not(member -> member.flag("Primary"))),
                        "PrivateIpAddress"));
        named.addAll(singles(parameters.members("Ipv6Addresses").stream(), "Ipv6Address"));
        named.addAll(prefixes(parameters, "Ipv4Prefix"));
        named.addAll(prefixes(parameters, "Ipv6Prefix"));
        return order(parameters, named);
    }

    private static List<Cidr> singles(Stream<Parameters> members, String name) {
        return members.map(member -> Parameters.parse(name, member.get(name), Cidr::address))
                .map(Cidr::host)
                .toList();
    }

    private static List<Cidr> prefixes(Parameters parameters, String name) {
        return parameters.members(name).stream()
                .map(member -> Parameters.parse(name, member.get(name), Cidr::parse))
                .toList();
    }

    static Order ofAssignment(Parameters parameters) {
        return order(parameters, named(parameters));
    }

    /// `NAME.1`, where a creation has `NAME.1.NAME`.
    static List<Cidr> named(Parameters parameters) {
        List<Cidr> named = new ArrayList<>();
        for (String name : List.of("PrivateIpAddress", "Ipv6Addresses")) {
            parameters.list(name, Cidr::address).stream().map(Cidr::host).forEach(named::add);
        }
        for (String name : List.of("Ipv4Prefix", "Ipv6Prefix")) {
            named.addAll(parameters.list(name, Cidr::parse));
        }
        return named;
    }

    private static Order order(Parameters parameters, List<Cidr> named) {
        Order order =
                new Order(
                        named,
                        parameters.number("SecondaryPrivateIpAddressCount", 0),
                        parameters.number("Ipv4PrefixCount", 0),
                        parameters.number("Ipv6AddressCount", 0),
                        parameters.number("Ipv6PrefixCount", 0),
                        parameters.flag("AllowReassignment"));
        refuse(order.addresses() > 0 && has(named, true, true), "secondaryPrivateIpAddressCount");
        refuse(order.prefixes() > 0 && has(named, true, false), "ipv4PrefixCount");
        refuse(order.ipv6Addresses() > 0 && has(named, false, true), "ipv6AddressCount");
        refuse(order.ipv6Prefixes() > 0 && has(named, false, false), "ipv6PrefixCount");
        return order;
    }

    private static boolean has(List<Cidr> named, boolean ipv4, boolean single) {
        return named.stream()
                .anyMatch(block ->
                        Rendered.isIpv4(block) == ipv4 && Rendered.isSingle(block) == single);
    }

    private static void refuse(boolean both, String count) {
        if (both) {
            throw new Ec2Refusal(
                    "InvalidParameterCombination",
                    "The parameter %s cannot be used with what it counts".formatted(count));
        }
    }
}
