package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.RxQueue;
import io.patchbay.dpdk.TxQueue;

/// Forwards frames as they are: received and sent in one crossing to DPDK, unseen by Java.
record Fused(RxQueue in, TxQueue out, int burst) implements Direction.Mover {
    @Override
    public int move() {
        return in.forward(out, burst);
    }

    @Override
    public long dropped() {
        return out.dropped();
    }
}
