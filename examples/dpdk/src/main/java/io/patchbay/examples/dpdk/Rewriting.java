package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Packet;
import io.patchbay.dpdk.RxQueue;
import io.patchbay.dpdk.TxQueue;

/// Forwards to a neighbour: frames leave with its address as their destination, and with the port's
/// own as their source. Frames too short for that are dropped.
final class Rewriting implements Direction.Mover {
    private static final int ADDRESSES = 12;
    private static final int RETRIES = 4;

    private final RxQueue in;
    private final TxQueue out;
    private final Burst burst;
    private final long peer;
    private final long own;
    private long malformed;

    Rewriting(RxQueue in, TxQueue out, Burst burst, MacAddress peer) {
        this.in = in;
        this.out = out;
        this.burst = burst;
        this.peer = peer.value();
        this.own = out.port().mac().value();
    }

    @Override
    public int move() {
        int count = in.receive(burst);
        if (count == 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            rewrite(burst.packet(i));
        }
        return out.sendAll(burst, RETRIES);
    }

    private void rewrite(Packet packet) {
        if (packet.length() < ADDRESSES) {
            malformed++;
            packet.free();
            return;
        }
        packet.setLong(0, peer << 16 | own >>> 32);
        packet.setInt(8, (int) own);
    }

    @Override
    public long dropped() {
        return malformed + out.dropped();
    }
}
