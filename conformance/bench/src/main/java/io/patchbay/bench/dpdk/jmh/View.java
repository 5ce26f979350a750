package io.patchbay.bench.dpdk.jmh;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.Packet;
import org.openjdk.jmh.annotations.Benchmark;

/// What it takes to look at every packet of a burst, and to change it; then the same between
/// receiving and sending, where the packets are others each time.
public class View {
    private static final long PEER = 0x02_00_00_00_00_01L;
    private static final long OWN = 0x02_00_00_00_00_02L;

    @Benchmark
    public int length(NullPort port) {
        Burst burst = port.burst;
        int bytes = 0;
        for (int i = 0; i < burst.size(); i++) {
            bytes += burst.packet(i).length();
        }
        return bytes;
    }

    /// As `l2fwd --peer` does.
    @Benchmark
    public void writeAddresses(NullPort port) {
        Burst burst = port.burst;
        for (int i = 0; i < burst.size(); i++) {
            Packet packet = burst.packet(i);
            packet.setLong(0, PEER << 16 | OWN >>> 32);
            packet.setInt(8, (int) OWN);
        }
    }

    @Benchmark
    public void swapAddresses(NullPort port) {
        Burst burst = port.burst;
        for (int i = 0; i < burst.size(); i++) {
            swap(burst.packet(i));
        }
    }

    private static void swap(Packet packet) {
        long high = packet.getLong(0);
        int low = packet.getInt(8);
        packet.setLong(0, (high & 0xffff) << 48 | (low & 0xffffffffL) << 16 | high >>> 48);
        packet.setInt(8, (int) (high >>> 16));
    }

    @Benchmark
    public int swapAddressesAndForward(NullPort port) {
        swapAddresses(port);
        return port.tx.sendAll(port.burst, 0) + port.rx.receive(port.burst);
    }
}
