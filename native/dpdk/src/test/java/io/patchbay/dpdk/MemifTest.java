package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory shared with another process by memif.
@NeedsDpdk
class MemifTest {
    private static Eal eal;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        eal = TestEal.start();
    }

    @AfterAll
    static void end() {
        eal.close();
    }

    @Test
    void framesGoToAnotherProcessAndBack() {
        Path socket = directory.resolve("memif");
        Mempool pool = eal.mempool("echoed", 2047);
        eal.hotplugAdd("vdev", "net_memif0", device("server", socket));
        try (Port port = eal.port("net_memif0")) {
            port.configure(PortConfig.ofQueues(1, 1), pool);
            port.start();
            List<String> args =
                    TestEal.argsOf("peer", "--vdev", "net_memif0," + device("client", socket));
            args.addFirst("net_memif0");
            try (ChildJvm peer = ChildJvm.start(Echo.class, List.of(), args)) {
                peer.line("ready");
                Wire.assertCarries(eal, pool, port, port);
                assertThat(peer.end()).isZero();
            }
        }
        eal.hotplugRemove("vdev", "net_memif0");
        assertThat(pool.inUse()).isZero();
        pool.close();
    }

    @Test
    void aPeersMemoryThatGoesAwayEndsTheBurstAndNotTheProcess() throws InterruptedException {
        Path socket = directory.resolve("memif");
        Mempool pool = eal.mempool("whole", 2047);
        List<String> args =
                TestEal.argsOf("severed", "--vdev", "net_memif0," + device("server", socket));
        args.addFirst("net_memif0");
        try (ChildJvm severed = ChildJvm.start(Severed.class, List.of(), args)) {
            severed.line("ready");
            eal.hotplugAdd("vdev", "net_memif0", device("client", socket));
            try (Port port = eal.port("net_memif0")) {
                port.configure(PortConfig.ofQueues(1, 1), pool);
                port.start();
                for (String use : List.of("receive 0 0 ", "send 0 0 ", "sendAll ", "forward ")) {
                    assertThat(severed.line(use))
                            .startsWith(use + "errno 14: The ")
                            .contains(
                                    " queue 0 of port 'net_memif0' finds its peer's memory gone, though the link is up: close the port");
                }
                assertThat(severed.line("left")).isEqualTo("left 0, dropped 20");
                assertThat(severed.line("null")).isEqualTo("null pointers 20000");
                echoUntil(port, () -> severed.line("carries"));
                assertThat(severed.end()).isZero();
            }
            eal.hotplugRemove("vdev", "net_memif0");
        }
        assertThat(pool.inUse()).isZero();
        pool.close();
    }

    /// On one CPU, so that the driver's thread takes the memory away while the burst is held up.
    @Test
    void aPeerThatComesAndGoesAmidTrafficEndsNobody() {
        Path socket = directory.resolve("memif");
        Mempool pool = eal.mempool("amid", 2047);
        List<String> args =
                TestEal.argsOf("peer", "--vdev", "net_memif0," + device("server", socket));
        args.addFirst("net_memif0");
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.addAll(ChildJvm.command(Echo.class, List.of(), args));
        try (ChildJvm peer = ChildJvm.start(command)) {
            peer.line("ready");
            for (int i = 0; i < 200; i++) {
                eal.hotplugAdd("vdev", "net_memif0", device("client", socket));
                try (Port port = eal.port("net_memif0")) {
                    port.configure(PortConfig.ofQueues(1, 1), pool);
                    port.start();
                    Await.until("the peer is there", () -> port.link().up());
                    exchange(pool, port);
                }
                eal.hotplugRemove("vdev", "net_memif0");
            }
            assertThat(peer.end()).isZero();
        }
        pool.close();
    }

    private static void exchange(Mempool pool, Port port) {
        try (Burst out = eal.burst(32);
                Burst in = eal.burst(512)) {
            for (int i = 0; i < 50; i++) {
                pool.allocate(out, out.room());
                for (int slot = 0; slot < out.size(); slot++) {
                    out.packet(slot).setBytes(Wire.frame(slot, 64));
                }
                port.tx(0).sendAll(out, 0);
                port.rx(0).receive(in);
                in.clear();
            }
        }
    }

    private static void echoUntil(Port port, Runnable end) throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        RxQueue rx = port.rx(0);
        TxQueue tx = port.tx(0);
        Thread echo =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!ended.get()) {
                                rx.forward(tx, 32);
                            }
                        });
        try {
            end.run();
        } finally {
            ended.set(true);
            echo.join();
        }
    }

    private static String device(String role, Path socket) {
        return "role=%s,id=0,socket-abstract=no,socket=%s".formatted(role, socket);
    }
}
