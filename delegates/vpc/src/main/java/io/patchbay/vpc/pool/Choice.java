package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Duration;

/// What the pool can do for somebody who needs an address.
public sealed interface Choice {
    /// @param cut how much of its cooldown the address loses; zero but for a pool that cannot grow
    record Free(Eni eni, InetAddress address, Duration cut) implements Choice {}

    /// @param why a sentence: each interface with its counts, and when the next address is free
    record None(String why) implements Choice {}
}
