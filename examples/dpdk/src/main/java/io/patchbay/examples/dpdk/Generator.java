package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.Mempool;
import io.patchbay.dpdk.Port;
import io.patchbay.dpdk.RxQueue;
import io.patchbay.dpdk.TxQueue;
import java.util.List;

/// Sends the frames of a list in turns, at a rate, and counts what comes back.
final class Generator {
    private final Mempool pool;
    private final RxQueue in;
    private final TxQueue out;
    private final Burst sending;
    private final Burst receiving;
    private final byte[][] frames;
    private final long rate;
    private final long count;
    private final Counter sent = new Counter();
    private final Counter received = new Counter();
    private long made;
    private long start;

    /// `rate` in packets a second, 0: all it can; `count` packets in all, 0: without end.
    Generator(Ports ports, Port port, int burst, List<byte[]> frames, long rate, long count) {
        this.pool = ports.pool;
        this.in = port.rx(0);
        this.out = port.tx(0);
        this.sending = ports.eal.burst(burst);
        this.receiving = ports.eal.burst(burst);
        this.frames = frames.toArray(byte[][]::new);
        this.rate = rate;
        this.count = count;
    }

    void step() {
        int back = in.receive(receiving);
        if (back > 0) {
            received.add(back);
            receiving.clear();
        }
        if (sending.isEmpty()) {
            fill();
        }
        if (!sending.isEmpty()) {
            sent.add(out.send(sending));
        }
    }

    private void fill() {
        long due = count == 0 ? Long.MAX_VALUE : count - made;
        if (rate > 0) {
            due = Math.min(due, dueByNow() - made);
        }
        int packets = (int) Math.min(due, sending.capacity());
        if (packets <= 0 || pool.available() < packets) {
            return;
        }
        pool.allocate(sending, packets);
        for (int i = 0; i < packets; i++) {
            sending.packet(i).setBytes(frames[(int) ((made + i) % frames.length)]);
        }
        made += packets;
    }

    private long dueByNow() {
        long now = System.nanoTime();
        if (start == 0) {
            start = now;
        }
        return Math.round((now - start) / 1e9 * rate);
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    boolean isDone() {
        return count > 0 && sent() == count;
    }
}
