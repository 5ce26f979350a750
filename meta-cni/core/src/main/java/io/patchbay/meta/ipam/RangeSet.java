package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.Capabilities.IpRange;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Ranges of one family of which a pod gets one address.
///
/// @param number the position among the network's sets; the file of the last address carries it
record RangeSet(int number, List<AddressRange> ranges) {
    RangeSet {
        ranges = List.copyOf(ranges);
    }

    /// Reads a network's sets. What cannot be is an IllegalArgumentException.
    static List<RangeSet> of(List<List<IpRange>> sets) {
        List<RangeSet> read = new ArrayList<>();
        List<AddressRange> seen = new ArrayList<>();
        for (List<IpRange> set : sets) {
            if (set.isEmpty()) {
                throw new IllegalArgumentException("ranges[" + read.size() + "] is empty");
            }
            List<AddressRange> ranges = set.stream().map(AddressRange::of).toList();
            ranges.forEach(range -> refuseOverlap(range, seen));
            if (ranges.stream().map(range -> range.subnet().isIpv6()).distinct().count() > 1) {
                throw new IllegalArgumentException(
                        "ranges[%d] mixes IPv4 and IPv6: make them two sets"
                                .formatted(read.size()));
            }
            read.add(new RangeSet(read.size(), ranges));
        }
        return List.copyOf(read);
    }

    private static void refuseOverlap(AddressRange range, List<AddressRange> seen) {
        for (AddressRange other : seen) {
            if (range.overlaps(other)) {
                throw new IllegalArgumentException(
                        "ranges %s and %s overlap".formatted(other, range));
            }
        }
        seen.add(range);
    }

    Optional<AddressRange> find(InetAddress address) {
        return ranges.stream().filter(range -> range.contains(address)).findFirst();
    }

    boolean contains(InetAddress address) {
        return find(address).isPresent();
    }

    /// How many addresses pods may have.
    BigInteger forPods() {
        return ranges.stream().map(AddressRange::forPods).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// Every address once, in a round that begins behind the last one that was given.
    Iterator<InetAddress> round(Optional<InetAddress> last) {
        return new Round(ranges, last.filter(this::contains));
    }

    @Override
    public String toString() {
        return String.join(", ", ranges.stream().map(AddressRange::toString).toList());
    }
}
