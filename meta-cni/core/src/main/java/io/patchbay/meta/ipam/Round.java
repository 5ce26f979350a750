package io.patchbay.meta.ipam;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The addresses of some ranges, from behind one of them through all ranges and back to it.
final class Round implements Iterator<InetAddress> {
    private final List<AddressRange> ranges;
    private int range;
    private BigInteger next;
    private BigInteger left;
    private @Nullable InetAddress found;

    Round(List<AddressRange> ranges, Optional<InetAddress> last) {
        this.ranges = ranges;
        this.left =
                ranges.stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
        this.next = Ips.number(ranges.getFirst().start());
        last.ifPresent(this::startBehind);
    }

    private void startBehind(InetAddress last) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(last)) {
                range = i;
                next = Ips.number(last);
                advance(BigInteger.ONE);
                return;
            }
        }
    }

    // Not beyond the end of the range and then the start of the next one.
    private void advance(BigInteger count) {
        next = next.add(count);
        if (next.compareTo(Ips.number(ranges.get(range).end())) > 0) {
            range = (range + 1) % ranges.size();
            next = Ips.number(ranges.get(range).start());
        }
    }

    @Override
    public boolean hasNext() {
        while (found == null && left.signum() > 0) {
            AddressRange current = ranges.get(range);
            InetAddress candidate = Ips.address(next, current.start());
            if (current.isForPods(candidate)) {
                found = candidate;
            }
            // What is excluded may be too much to be looked at one by one.
            BigInteger passed = current.excludedFrom(candidate).max(BigInteger.ONE);
            advance(passed);
            left = left.subtract(passed);
        }
        return found != null;
    }

    @Override
    public InetAddress next() {
        if (!hasNext() || found == null) {
            throw new NoSuchElementException();
        }
        InetAddress result = found;
        found = null;
        return result;
    }
}
