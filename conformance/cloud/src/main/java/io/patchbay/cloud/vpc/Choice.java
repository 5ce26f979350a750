package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.MacAddress;
import java.util.BitSet;
import java.util.Random;
import java.util.random.RandomGenerator;

/// What EC2 decides by itself: ids, MAC addresses, and which of the free addresses is taken. The
/// same seed decides the same. For one thread at a time.
public abstract sealed class Choice {
    private static final long FIRST_MAC = 0x0200_0A00_0000L;

    private long ids;
    private long macs;

    /// Takes what is free at random, as EC2 does, so that a subnet fragments.
    public static Choice random(long seed) {
        return new Scattered(new Random(seed));
    }

    /// Takes the lowest that is free.
    public static Choice lowestFirst() {
        return new Lowest();
    }

    /// A new id, such as `eni-00000000000000001`.
    String id(String kind) {
        return "%s-%017x".formatted(kind, ++ids);
    }

    MacAddress mac() {
        return new MacAddress(FIRST_MAC + ++macs);
    }

    /// One of the numbers of a set that is not empty.
    abstract int oneOf(BitSet free);

    /// A number from one to another, which is not meant; the next after the last that was tried
    /// where the lowest are taken first.
    abstract long between(long from, long to, long tried);

    private static final class Lowest extends Choice {
        @Override
        int oneOf(BitSet free) {
            return free.nextSetBit(0);
        }

        @Override
        long between(long from, long to, long tried) {
            return Math.max(from, tried + 1);
        }
    }

    private static final class Scattered extends Choice {
        private final RandomGenerator random;

        Scattered(RandomGenerator random) {
            this.random = random;
        }

        @Override
        int oneOf(BitSet free) {
            return free.stream().skip(random.nextInt(free.cardinality())).findFirst().orElseThrow();
        }

        @Override
        long between(long from, long to, long tried) {
            return random.nextLong(from, to);
        }
    }
}
