package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vhost-user socket that this process serves.
@NeedsDpdk
class VhostTest {
    private static final PortConfig ONE_QUEUE = PortConfig.ofQueues(1, 1).withDescriptors(256, 256);
    private static Eal eal;
    private static Mempool pool;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        eal = TestEal.start();
        pool = eal.mempool("packets", 4095);
    }

    @AfterAll
    static void end() {
        eal.close();
    }

    @Test
    void bothEndsCanBeInOneProcess() {
        eal.hotplugAdd("vdev", "net_vhost0", "iface=" + directory.resolve("vhost"));
        try (Port vhost = started("net_vhost0")) {
            eal.hotplugAdd("vdev", "virtio_user0", "path=" + directory.resolve("vhost"));
            try (Port virtio = started("virtio_user0")) {
                Wire.assertCarries(eal, pool, vhost, virtio);
                Wire.assertCarries(eal, pool, virtio, vhost);
                assertThat(vhost.link().up()).isTrue();
            }
            eal.hotplugRemove("vdev", "virtio_user0");
            awaitLink(vhost, false);
        }
        eal.hotplugRemove("vdev", "net_vhost0");
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void aPeerThatIsKilledInTheMiddleIsToldAndMayComeBack() {
        Path socket = directory.resolve("vhost");
        eal.hotplugAdd("vdev", "net_vhost1", "iface=" + socket);
        try (Port vhost = started("net_vhost1")) {
            try (ChildJvm peer = peer(socket)) {
                awaitLink(vhost, true);
                Wire.assertCarries(eal, pool, vhost, vhost);
                sendUntilKilled(vhost, peer);
            }
            drain(vhost);
            try (ChildJvm peer = peer(socket)) {
                awaitLink(vhost, true);
                Wire.assertCarries(eal, pool, vhost, vhost);
                assertThat(peer.end()).isZero();
            }
        }
        eal.hotplugRemove("vdev", "net_vhost1");
        assertThat(pool.inUse()).isZero();
    }

    private static ChildJvm peer(Path socket) {
        List<String> args = TestEal.argsOf("peer", "--vdev", "virtio_user0,path=" + socket);
        args.addFirst("virtio_user0");
        ChildJvm peer = ChildJvm.start(Echo.class, List.of(), args);
        peer.line("ready");
        return peer;
    }

    /// Bursts go on before, while and after the peer dies, until its end is told.
    private static void sendUntilKilled(Port vhost, ChildJvm peer) {
        try (Burst out = eal.burst(32);
                Burst in = eal.burst(32)) {
            int[] rounds = {0};
            Await.until(
                    "the link goes down",
                    () -> {
                        exchange(vhost, out, in);
                        if (++rounds[0] == 200) {
                            Thread.ofPlatform().start(peer::kill);
                        }
                        return linkTold(vhost, false);
                    });
            exchange(vhost, out, in);
            assertThat(vhost.link().up()).isFalse();
        }
    }

    private static void exchange(Port vhost, Burst out, Burst in) {
        if (out.isEmpty()) {
            pool.allocate(out, 32);
            for (int i = 0; i < 32; i++) {
                out.packet(i).setBytes(Wire.frame(i, 64));
            }
        }
        vhost.tx(0).send(out);
        vhost.rx(0).receive(in);
        in.clear();
    }

    private static void drain(Port vhost) {
        try (Burst in = eal.burst(32)) {
            while (vhost.rx(0).receive(in) > 0) {
                in.clear();
            }
        }
    }

    private static void awaitLink(Port port, boolean up) {
        Await.until("the link of " + port + " is told up=" + up, () -> linkTold(port, up));
    }

    private static boolean linkTold(Port port, boolean up) {
        Optional<Event> event = eal.events().poll();
        return event.equals(Optional.of(new Event.LinkChanged(port.number(), up)));
    }

    private static Port started(String name) {
        Port port = eal.port(name);
        port.configure(ONE_QUEUE, pool);
        port.start();
        return port;
    }
}
