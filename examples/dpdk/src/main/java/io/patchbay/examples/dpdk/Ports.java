package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Eal;
import io.patchbay.dpdk.Mempool;
import io.patchbay.dpdk.Port;
import io.patchbay.dpdk.PortConfig;
import java.util.ArrayList;
import java.util.List;

/// EAL with all its ports started: one queue each way a port, and one pool of packets for all.
final class Ports implements AutoCloseable {
    private static final int BUFFERS = 8191;

    final Eal eal;
    final Mempool pool;
    final List<Port> all = new ArrayList<>();

    private Ports(Eal eal) {
        this.eal = eal;
        this.pool = eal.mempool("packets", BUFFERS);
    }

    static Ports start(List<String> ealArguments, boolean promiscuous) {
        Ports ports = new Ports(Eal.init(ealArguments));
        try {
            ports.startAll(promiscuous);
            return ports;
        } catch (RuntimeException e) {
            ports.eal.close();
            throw e;
        }
    }

    private void startAll(boolean promiscuous) {
        for (String name : eal.portNames()) {
            Port port = eal.port(name);
            all.add(port);
            port.configure(PortConfig.ofQueues(1, 1), pool);
            port.start();
            if (promiscuous) {
                port.setPromiscuous(true);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "DPDK found no port: name one behind --, such as --vdev net_null0 or -a 0000:3b:02.0.");
        }
    }

    /// The port of a name, or of a number in DPDK's order.
    Port get(String nameOrNumber) {
        return all.stream()
                .filter(port ->
                        port.name().equals(nameOrNumber)
                                || Integer.toString(port.number()).equals(nameOrNumber))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "There is no port '%s': there are %s."
                                        .formatted(
                                                nameOrNumber,
                                                all.stream().map(Port::name).toList())));
    }

    /// Stops the ports, and DPDK.
    @Override
    public void close() {
        eal.close();
    }
}
