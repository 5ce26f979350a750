package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.Capabilities.IpRange;
import io.patchbay.spi.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// A range of addresses with nothing left open. Both ends belong to it.
///
/// @param excluded blocks of it that are for nobody, none inside another
record AddressRange(
        Cidr subnet, InetAddress start, InetAddress end, InetAddress gateway, List<Cidr> excluded) {
    AddressRange {
        excluded = List.copyOf(excluded);
    }

    /// Fills in what is open as host-local does: all hosts of the subnet, and its first address for
    /// the gateway. What cannot be is an IllegalArgumentException.
    static AddressRange of(IpRange range) {
        Cidr subnet = range.subnet();
        InetAddress base = subnet.address();
        if (!subnet.network().equals(subnet)) {
            throw new IllegalArgumentException(
                    "subnet \"%s\" has host bits: write %s".formatted(subnet, subnet.network()));
        }
        int hostBits = Ips.bits(base) - subnet.prefix();
        if (hostBits < 2) {
            throw new IllegalArgumentException(
                    "subnet \"%s\" has no room for a gateway and a pod".formatted(subnet));
        }
        BigInteger first = Ips.number(base).add(BigInteger.ONE);
        BigInteger last = last(subnet);
        // An IPv6 subnet has no broadcast address.
        BigInteger lastHost = subnet.isIpv6() ? last : last.subtract(BigInteger.ONE);
        AddressRange whole =
                new AddressRange(
                        subnet,
                        range.rangeStart().orElseGet(() -> Ips.address(first, base)),
                        range.rangeEnd().orElseGet(() -> Ips.address(lastHost, base)),
                        range.gateway().orElseGet(() -> Ips.address(first, base)),
                        outermost(range.exclude()));
        whole.refuseOutside("rangeStart", whole.start);
        whole.refuseOutside("rangeEnd", whole.end);
        if (Ips.number(whole.start).compareTo(Ips.number(whole.end)) > 0) {
            throw new IllegalArgumentException(
                    "rangeStart \"%s\" is behind rangeEnd \"%s\""
                            .formatted(Cidr.text(whole.start), Cidr.text(whole.end)));
        }
        whole.refuseExclusions();
        return whole;
    }

    private static List<Cidr> outermost(List<Cidr> excluded) {
        List<Cidr> blocks = excluded.stream().map(Cidr::network).distinct().toList();
        return blocks.stream()
                .filter(block ->
                        blocks.stream()
                                .noneMatch(other ->
                                        other.prefix() < block.prefix()
                                                && other.contains(block.address())))
                .toList();
    }

    private void refuseExclusions() {
        for (Cidr block : excluded) {
            if (block.prefix() < subnet.prefix() || !subnet.contains(block.address())) {
                throw new IllegalArgumentException(
                        "exclude \"%s\" is not in subnet \"%s\"".formatted(block, subnet));
            }
        }
        if (!excluded.isEmpty() && forPods().signum() == 0) {
            throw new IllegalArgumentException(
                    "exclude %s leaves no address of %s".formatted(excluded, this));
        }
    }

    private static BigInteger last(Cidr subnet) {
        int hostBits = Ips.bits(subnet.address()) - subnet.prefix();
        return Ips.number(subnet.address())
                .add(BigInteger.ONE.shiftLeft(hostBits))
                .subtract(BigInteger.ONE);
    }

    private void refuseOutside(String key, InetAddress address) {
        if (!subnet.contains(address)) {
            throw new IllegalArgumentException(
                    "%s \"%s\" is not in subnet \"%s\"".formatted(key, Cidr.text(address), subnet));
        }
    }

    boolean contains(InetAddress address) {
        BigInteger number = Ips.number(address);
        return subnet.contains(address)
                && number.compareTo(Ips.number(start)) >= 0
                && number.compareTo(Ips.number(end)) <= 0;
    }

    boolean overlaps(AddressRange other) {
        return Ips.bits(start) == Ips.bits(other.start)
                && Ips.number(start).compareTo(Ips.number(other.end)) <= 0
                && Ips.number(other.start).compareTo(Ips.number(end)) <= 0;
    }

    /// How many addresses from one on are excluded together, 0 where that one is not.
    BigInteger excludedFrom(InetAddress address) {
        return excluded.stream()
                .filter(block -> block.contains(address))
                .findFirst()
                .map(block -> last(block).min(Ips.number(end)))
                .map(last -> last.subtract(Ips.number(address)).add(BigInteger.ONE))
                .orElse(BigInteger.ZERO);
    }

    /// Whether a pod may have an address: not excluded, no gateway, and neither end of an IPv4
    /// subnet.
    boolean isForPods(InetAddress address) {
        if (address.equals(gateway) || excludedFrom(address).signum() > 0) {
            return false;
        }
        BigInteger number = Ips.number(address);
        return subnet.isIpv6()
                || (!number.equals(Ips.number(subnet.address())) && !number.equals(last(subnet)));
    }

    /// How many addresses it has, gateway and all.
    BigInteger size() {
        return Ips.number(end).subtract(Ips.number(start)).add(BigInteger.ONE);
    }

    /// How many of its addresses pods may have.
    BigInteger forPods() {
        long others =
                Stream.of(gateway, subnet.address(), Ips.address(last(subnet), start))
                        .distinct()
                        .filter(address -> contains(address) && !isForPods(address))
                        .filter(address -> excludedFrom(address).signum() == 0)
                        .count();
        return excluded.stream()
                .map(this::within)
                .reduce(size().subtract(BigInteger.valueOf(others)), BigInteger::subtract);
    }

    private BigInteger within(Cidr block) {
        BigInteger first = Ips.number(block.address()).max(Ips.number(start));
        BigInteger last = last(block).min(Ips.number(end));
        return last.subtract(first).add(BigInteger.ONE).max(BigInteger.ZERO);
    }

    @Override
    public String toString() {
        String without = excluded.isEmpty() ? "" : " without " + excluded;
        return "%s (%s to %s%s)".formatted(subnet, Cidr.text(start), Cidr.text(end), without);
    }
}
