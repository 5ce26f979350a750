package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.Packet;
import io.patchbay.dpdk.Port;
import io.patchbay.dpdk.RxQueue;
import io.patchbay.dpdk.TxQueue;
import io.patchbay.examples.dpdk.frame.Answers;
import java.lang.foreign.MemorySegment;

/// Sends answers back by the port that the packets came by; all else is counted and freed.
final class Station implements Direction.Mover {
    private static final int RETRIES = 4;

    private final RxQueue in;
    private final TxQueue out;
    private final Burst burst;
    private final Answers answers;
    private final Counter ignored = new Counter();
    private final Counter malformed = new Counter();

    Station(Port port, Burst burst, Answers answers) {
        this.in = port.rx(0);
        this.out = port.tx(0);
        this.burst = burst;
        this.answers = answers;
    }

    @Override
    public int move() {
        int count = in.receive(burst);
        if (count == 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            answer(burst.packet(i));
        }
        return burst.isEmpty() ? 0 : out.sendAll(burst, RETRIES);
    }

    private void answer(Packet packet) {
        int length = packet.length();
        int answer = Answers.MALFORMED;
        if (packet.segments() == 1 && packet.tailroom() >= Answers.ROOM) {
            packet.append(Answers.ROOM);
            MemorySegment frame = packet.data();
            answer = answers.answer(frame, length);
        }
        if (answer > 0) {
            packet.removeLast(length + Answers.ROOM - answer);
            return;
        }
        (answer == Answers.IGNORED ? ignored : malformed).add(1);
        packet.free();
    }

    @Override
    public long dropped() {
        return ignored.get() + malformed.get() + out.dropped();
    }

    /// How many packets were well, but nothing to be answered.
    long ignored() {
        return ignored.get();
    }

    /// How many were cut short, damaged, or in more than one piece.
    long malformed() {
        return malformed.get();
    }
}
