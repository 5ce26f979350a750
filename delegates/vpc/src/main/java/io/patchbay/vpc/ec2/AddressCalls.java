package io.patchbay.vpc.ec2;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AssignPrivateIpAddressesRequest;
import software.amazon.awssdk.services.ec2.model.UnassignIpv6AddressesRequest;
import software.amazon.awssdk.services.ec2.model.UnassignPrivateIpAddressesRequest;

/// What assigns addresses and prefixes to an interface, and takes them off: EC2 has calls of their
/// own for each family.
record AddressCalls(Calls calls) {
    List<Cidr> assign(String eni, Order order) {
        return switch (order.kind()) {
            case ADDRESSES ->
                    assign(eni, request -> request.secondaryPrivateIpAddressCount(order.count()));
            case PREFIXES -> assign(eni, request -> request.ipv4PrefixCount(order.count()));
            case IPV6_PREFIXES -> assignIpv6(eni, order.count());
        };
    }

    private List<Cidr> assign(String eni, Consumer<AssignPrivateIpAddressesRequest.Builder> what) {
        Failures failures = new Failures("AssignPrivateIpAddresses", eni);
        var answer =
                calls.call(
                        failures,
                        ec2 ->
                                ec2.assignPrivateIpAddresses(
                                        request -> what.accept(request.networkInterfaceId(eni))));
        Described described = new Described(failures);
        return Stream.concat(
                        answer.assignedPrivateIpAddresses().stream()
                                .map(address ->
                                        described.single(
                                                "privateIpAddress", address.privateIpAddress())),
                        answer.assignedIpv4Prefixes().stream()
                                .map(prefix -> described.prefix("ipv4Prefix", prefix.ipv4Prefix())))
                .toList();
    }

    private List<Cidr> assignIpv6(String eni, int prefixes) {
        Failures failures = new Failures("AssignIpv6Addresses", eni);
        var answer =
                calls.call(
                        failures,
                        ec2 ->
                                ec2.assignIpv6Addresses(request ->
                                        request.networkInterfaceId(eni).ipv6PrefixCount(prefixes)));
        Described described = new Described(failures);
        return answer.assignedIpv6Prefixes().stream()
                .map(prefix -> described.prefix("ipv6Prefix", prefix))
                .toList();
    }

    void unassign(String eni, Collection<Cidr> blocks) {
        List<String> addresses = singles(blocks, Family.IPV4);
        if (!addresses.isEmpty()) {
            unassign(eni, request -> request.privateIpAddresses(addresses));
        }
        List<String> prefixes = prefixes(blocks, Family.IPV4);
        if (!prefixes.isEmpty()) {
            unassign(eni, request -> request.ipv4Prefixes(prefixes));
        }
        List<String> addresses6 = singles(blocks, Family.IPV6);
        if (!addresses6.isEmpty()) {
            unassignIpv6(eni, request -> request.ipv6Addresses(addresses6));
        }
        List<String> prefixes6 = prefixes(blocks, Family.IPV6);
        if (!prefixes6.isEmpty()) {
            unassignIpv6(eni, request -> request.ipv6Prefixes(prefixes6));
        }
    }

    private static List<String> singles(Collection<Cidr> blocks, Family family) {
        return blocks.stream()
                .filter(block -> Family.of(block) == family && isSingle(block))
                .map(block -> Cidr.text(block.address()))
                .toList();
    }

    private static List<String> prefixes(Collection<Cidr> blocks, Family family) {
        return blocks.stream()
                .filter(block -> Family.of(block) == family && !isSingle(block))
                .map(Cidr::toString)
                .toList();
    }

    private static boolean isSingle(Cidr block) {
        return block.equals(Cidr.host(block.address()));
    }

    private void unassign(String eni, Consumer<UnassignPrivateIpAddressesRequest.Builder> what) {
        calls.call(
                new Failures("UnassignPrivateIpAddresses", eni),
                ec2 ->
                        ec2.unassignPrivateIpAddresses(
                                request -> what.accept(request.networkInterfaceId(eni))));
    }

    private void unassignIpv6(String eni, Consumer<UnassignIpv6AddressesRequest.Builder> what) {
        calls.call(
                new Failures("UnassignIpv6Addresses", eni),
                ec2 ->
                        ec2.unassignIpv6Addresses(
                                request -> what.accept(request.networkInterfaceId(eni))));
    }
}
