package io.patchbay.bench.dpdk.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/// What it takes to move packets that Java does not look at.
public class Crossing {
    @Benchmark
    public int forward(NullPort port) {
        return port.rx.forward(port.tx, port.packets);
    }

    @Benchmark
    public int sendAndReceive(NullPort port) {
        return port.tx.sendAll(port.burst, 0) + port.rx.receive(port.burst);
    }

    @Benchmark
    public int enqueueAndDequeue(NullPort port) {
        return port.ring.enqueue(port.burst) + port.ring.dequeue(port.burst);
    }
}
