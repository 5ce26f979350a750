package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;

/// What the pool can do for somebody who needs an address.
public sealed interface Choice {
    record Free(Eni eni, InetAddress address) implements Choice {}

    /// @param why a sentence: each interface with its counts, and when the next address is free
    record None(String why) implements Choice {}
}
