package io.patchbay.bench.dpdk.jmh;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.Eal;
import io.patchbay.dpdk.Port;
import io.patchbay.dpdk.PortConfig;
import io.patchbay.dpdk.Ring;
import io.patchbay.dpdk.RxQueue;
import io.patchbay.dpdk.TxQueue;
import io.patchbay.dpdk.Worker;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A port that invents what it receives and swallows what it is sent, used by the measured thread
/// on CPU 0. The burst is full and the ring empty, and each has room for as much as is moved at
/// once.
@State(Scope.Thread)
public class NullPort {
    private static final String WORDS =
            "--no-huge --no-shconf --no-telemetry --no-pci -m 256 -l 0 --log-level error"
                    + " --vdev net_null0";

    @Param({"32", "64"})
    public int packets;

    private Eal eal;
    private Worker worker;
    RxQueue rx;
    TxQueue tx;
    Burst burst;
    Ring ring;

    @Setup
    public void start() {
        eal = Eal.init(List.of(WORDS.split(" ")));
        worker = eal.worker();
        worker.pin(0);
        Port port = eal.port("net_null0");
        port.configure(PortConfig.ofQueues(1, 1), eal.mempool("packets", 4095));
        port.start();
        rx = port.rx(0);
        tx = port.tx(0);
        burst = eal.burst(packets);
        rx.receive(burst);
        ring = eal.ring("ring", packets, Ring.Ends.ONE_TO_ONE);
    }

    @TearDown
    public void end() {
        worker.close();
        eal.close();
    }
}
