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
                step();
                return;
            }
        }
    }

    private void step() {
        if (next.equals(Ips.number(ranges.get(range).end()))) {
            range = (range + 1) % ranges.size();
            next = Ips.number(ranges.get(range).start());
        } else {
            next = next.add(BigInteger.ONE);
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
            step();
            left = left.subtract(BigInteger.ONE);
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
