package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.Capabilities.IpRange;
import io.patchbay.spi.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.stream.Stream;

/// A range of addresses with nothing left open. Both ends belong to it.
record AddressRange(Cidr subnet, InetAddress start, InetAddress end, InetAddress gateway) {

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
                        range.gateway().orElseGet(() -> Ips.address(first, base)));
        whole.refuseOutside("rangeStart", whole.start);
        whole.refuseOutside("rangeEnd", whole.end);
        if (Ips.number(whole.start).compareTo(Ips.number(whole.end)) > 0) {
            throw new IllegalArgumentException(
                    "rangeStart \"%s\" is behind rangeEnd \"%s\""
                            .formatted(Cidr.text(whole.start), Cidr.text(whole.end)));
        }
        return whole;
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

    /// Whether a pod may have an address: no gateway, and neither end of an IPv4 subnet.
    boolean isForPods(InetAddress address) {
        if (address.equals(gateway)) {
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
                        .count();
        return size().subtract(BigInteger.valueOf(others));
    }

    @Override
    public String toString() {
        return "%s (%s to %s)".formatted(subnet, Cidr.text(start), Cidr.text(end));
    }
}
