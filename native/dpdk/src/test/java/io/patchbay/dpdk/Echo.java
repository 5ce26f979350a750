package io.patchbay.dpdk;

import java.io.IOException;
import java.util.List;

/// A process that sends back on a port what it receives there, until its input ends: `Echo PORT
/// EAL-ARGUMENT...`
final class Echo {
    private static volatile boolean ended;

    private Echo() {}

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        try (Eal eal = Eal.init(words.subList(1, words.size()));
                Mempool pool = eal.mempool("echo", 4095);
                Port port = eal.port(words.getFirst())) {
            port.configure(PortConfig.ofQueues(1, 1).withDescriptors(256, 256), pool);
            port.start();
            Thread.ofPlatform().daemon().start(Echo::awaitEndOfInput);
            System.out.println("ready");
            RxQueue rx = port.rx(0);
            TxQueue tx = port.tx(0);
            while (!ended) {
                rx.forward(tx, 32);
            }
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // The end, too.
        }
        ended = true;
    }
}
