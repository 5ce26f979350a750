package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/// What an interface is to get beside its primary address.
///
/// @param named exactly these: single addresses and prefixes
/// @param addresses how many single addresses of IPv4
/// @param prefixes how many /28
/// @param ipv6Addresses how many single addresses of IPv6
/// @param ipv6Prefixes how many /80
/// @param reassign whether a named address may be another interface's secondary one
public record Order(
        List<Cidr> named,
        int addresses,
        int prefixes,
        int ipv6Addresses,
        int ipv6Prefixes,
        boolean reassign) {
    public static final Order NOTHING = new Order(List.of(), 0, 0, 0, 0, false);

    public Order {
        named = List.copyOf(named);
        if (addresses < 0 || prefixes < 0 || ipv6Addresses < 0 || ipv6Prefixes < 0) {
            throw Ec2Refusal.parameter("Invalid value for a count: it must not be negative");
        }
    }

    public static Order addresses(int count) {
        return new Order(List.of(), count, 0, 0, 0, false);
    }

    public static Order prefixes(int count) {
        return new Order(List.of(), 0, count, 0, 0, false);
    }

    public static Order ipv6Addresses(int count) {
        return new Order(List.of(), 0, 0, count, 0, false);
    }

    public static Order ipv6Prefixes(int count) {
        return new Order(List.of(), 0, 0, 0, count, false);
    }

    /// Both at once.
    public Order and(Order other) {
        return new Order(
                Stream.concat(named.stream(), other.named.stream()).toList(),
                addresses + other.addresses,
                prefixes + other.prefixes,
                ipv6Addresses + other.ipv6Addresses,
                ipv6Prefixes + other.ipv6Prefixes,
                reassign || other.reassign);
    }

    public static Order of(Cidr... named) {
        return new Order(List.of(named), 0, 0, 0, 0, false);
    }

    boolean isEmpty() {
        return named.isEmpty() && addresses + prefixes + ipv6Addresses + ipv6Prefixes == 0;
    }

    boolean takesPrefixes() {
        return prefixes > 0 || named.stream().anyMatch(block -> block.prefix() == Space.PREFIX);
    }

    /// How many places for IPv4 it takes of an interface.
    int places() {
        return addresses + prefixes + (int) named.stream().filter(block -> !block.isIpv6()).count();
    }

    int ipv6Places() {
        return ipv6Addresses + ipv6Prefixes + (int) named.stream().filter(Cidr::isIpv6).count();
    }
}
