package io.patchbay.bench.dpdk;

import com.sun.management.ThreadMXBean;
import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.Eal;
import io.patchbay.dpdk.Mempool;
import io.patchbay.dpdk.Packet;
import io.patchbay.dpdk.Port;
import io.patchbay.dpdk.PortConfig;
import io.patchbay.dpdk.Worker;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/// What a packet allocates on the Java heap, by the JVM's own count, on a port that invents what it
/// receives: a process of its own, which ends with 1 where that is anything at all.
final class Allocations {
    private static final int STEPS = 200_000;

    private Allocations() {}

    public static void main(String[] args) {
        boolean none = true;
        try (Eal eal = Eal.init(Contender.eal("0", List.of("--vdev", "net_null0")));
                Worker worker = eal.worker()) {
            worker.pin(0);
            Mempool pool = eal.mempool("packets", 4095);
            Port port = eal.port("net_null0");
            port.configure(PortConfig.ofQueues(1, 1), pool);
            port.start();
            for (int burst : new int[] {32, 64}) {
                Burst packets = eal.burst(burst);
                none &= isNone("forward", burst, () -> port.rx(0).forward(port.tx(0), burst));
                none &= isNone("receive, send", burst, () -> bounce(port, packets));
                none &= isNone("with addresses swapped", burst, () -> swap(port, packets));
            }
        }
        System.exit(none ? 0 : 1);
    }

    private static int bounce(Port port, Burst packets) {
        port.rx(0).receive(packets);
        return port.tx(0).sendAll(packets, 0);
    }

    private static int swap(Port port, Burst packets) {
        int count = port.rx(0).receive(packets);
        for (int i = 0; i < count; i++) {
            Packet packet = packets.packet(i);
            long high = packet.getLong(0);
            int low = packet.getInt(8);
            packet.setLong(0, (high & 0xffff) << 48 | (low & 0xffffffffL) << 16 | high >>> 48);
            packet.setInt(8, (int) (high >>> 16));
        }
        return port.tx(0).sendAll(packets, 0);
    }

    private static boolean isNone(String what, int burst, IntSupplier step) {
        boolean warm = pass(step) > 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long packets = pass(step);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // The first of a run's own calls may allocate; a packet must not.
        boolean none = warm && packets > 0 && bytes < packets / 1000;
        System.out.printf(
                Locale.ROOT,
                "%-26s %6d %,14d packets %,8d bytes, %.4f a packet  %s%n",
                what,
                burst,
                packets,
                bytes,
                (double) bytes / packets,
                none ? "met" : "NOT MET");
        return none;
    }

    private static long pass(IntSupplier step) {
        long packets = 0;
        for (int i = 0; i < STEPS; i++) {
            packets += step.getAsInt();
        }
        return packets;
    }
}
