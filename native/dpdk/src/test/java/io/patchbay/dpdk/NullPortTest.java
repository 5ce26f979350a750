package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The data path over a device that invents what it receives and swallows what it is sent.
@NeedsDpdk
class NullPortTest {
    private static Eal eal;
    private static Mempool pool;

    private Port port;
    private Burst burst;

    @BeforeAll
    static void start() {
        eal = TestEal.start();
        pool = eal.mempool("packets", 1023);
    }

    @AfterAll
    static void end() {
        eal.close();
    }

    @BeforeEach
    void addPort() {
        eal.hotplugAdd("vdev", "net_null0", "size=64");
        port = eal.port("net_null0");
        port.configure(PortConfig.ofQueues(1, 1), pool);
        port.start();
        burst = eal.burst(32);
    }

    @AfterEach
    void removePort() {
        burst.close();
        port.close();
        eal.hotplugRemove("vdev", "net_null0");
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void packetsAreReceivedUpToTheRoomInTheBurst() {
        assertThat(port.rx(0).receive(burst)).isEqualTo(32);
        assertThat(burst.size()).isEqualTo(32);
        assertThat(burst.packet(31).length()).isEqualTo(64);
        assertThat(burst.packet(31).port()).isEqualTo(port.number());
        assertThat(pool.inUse()).isEqualTo(32);
    }

    @Test
    void whatIsSentIsNoLongerInTheBurst() {
        port.rx(0).receive(burst);

        assertThat(port.tx(0).send(burst)).isEqualTo(32);

        assertThat(burst.isEmpty()).isTrue();
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void forwardingReceivesAndSendsInOneCrossing() {
        assertThat(port.rx(0).forward(port.tx(0), 32)).isEqualTo(32);
        assertThat(port.tx(0).dropped()).isZero();
        assertThat(pool.inUse()).isZero();
    }
}
