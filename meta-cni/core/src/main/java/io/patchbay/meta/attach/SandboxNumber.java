package io.patchbay.meta.attach;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/// How a sandbox's number turns into a link group and into link indexes. It is journaled before the
/// first effect, so that DEL finds every link of a crashed ADD, and nobody else's.
///
/// Numbers are multiples of 1024 from 2^24 to 2^30: far above the indexes the kernel hands out by
/// itself, and below the sign bit of `ifi_index`.
final class SandboxNumber {
    static final int LINKS_A_STEP = 8;

    private static final int WIDTH = 1024;
    private static final int LOWEST = 1 << 24;
    private static final int HIGHEST = 1 << 30;

    private SandboxNumber() {}

    static int draw(RandomGenerator random, IntPredicate taken) {
        int number;
        do {
            number = random.nextInt(LOWEST / WIDTH, HIGHEST / WIDTH) * WIDTH;
        } while (taken.test(number));
        return number;
    }

    static int ifindex(int number, int position, int n) {
        if (n < 0 || n >= LINKS_A_STEP) {
            throw new IllegalArgumentException(
                    "a step has link indexes 0 to " + (LINKS_A_STEP - 1) + ", not " + n);
        }
        return number + position * LINKS_A_STEP + n;
    }
}
