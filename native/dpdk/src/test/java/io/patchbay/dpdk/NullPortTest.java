package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device that invents what it receives and swallows what it is sent: the data path, and the
/// control path of a port.
@NeedsDpdk
class NullPortTest {
    private static final int ROUNDS = 20_000;
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
        port.configure(PortConfig.ofQueues(2, 1), pool);
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
        assertThat(burst.packet(31).segments()).isEqualTo(1);
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
        assertThat(port.rx(1).forward(port.tx(0), 32)).isEqualTo(32);
        assertThat(port.tx(0).dropped()).isZero();
        assertThat(port.counters().stats().txPackets()).isEqualTo(32);
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void theDataPathAllocatesNothing() {
        RxQueue rx = port.rx(0);
        TxQueue tx = port.tx(0);
        swapAddresses(rx, tx);
        long before = allocated();

        swapAddresses(rx, tx);

        // What the JIT compiler makes on this thread's account is less than one object a round.
        assertThat(allocated() - before).isLessThan(ROUNDS);
    }

    private void swapAddresses(RxQueue rx, TxQueue tx) {
        for (int round = 0; round < ROUNDS; round++) {
            rx.receive(burst);
            for (int i = 0; i < burst.size(); i++) {
                Packet packet = burst.packet(i);
                int high = packet.getInt(0);
                packet.setInt(0, packet.getInt(6));
                packet.setInt(6, high);
            }
            tx.sendAll(burst, 1);
            rx.forward(tx, 32);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void aPortTellsWhatItIs() {
        PortInfo info = port.info();
        assertThat(info.driver()).isEqualTo("net_null");
        assertThat(info.maxRxQueues()).isGreaterThanOrEqualTo(2);
        assertThat(info.retaSize()).isPositive();
        assertThat(eal.portNames()).containsExactly("net_null0");
        assertThat(port.link()).isEqualTo(new Link(true, 10_000, true));
        assertThat(port.mtu()).isEqualTo(1500);
        assertThat(port.mac().toString()).matches("(..:){5}..");
    }

    @Test
    void aPortTakesAnMtuAndAnAddress() {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:0a");

        port.setMac(mac);
        port.setMtu(1400);

        assertThat(port.mac()).isEqualTo(mac).hasToString("02:00:00:00:00:0a");
        assertThat(port.mtu()).isEqualTo(1400);
    }

    @Test
    void whatADriverCannotDoIsRefusedWithTheReason() {
        assertThatThrownBy(() -> port.rss().setTable(new int[port.info().retaSize()]))
                .isInstanceOfSatisfying(
                        DpdkException.class, e -> assertThat(e.errno()).isEqualTo(95))
                .hasMessage(
                        "The port 'net_null0' does not take its RSS table: Operation not supported (errno 95).");
        MacAddress many = MacAddress.parse("ff:ff:ff:ff:ff:ff");
        assertThatThrownBy(() -> port.setMac(many))
                .hasMessageStartingWith(
                        "The port 'net_null0' does not take the MAC address ff:ff:ff:ff:ff:ff");
    }

    @Test
    void countersCountAndAreReset() {
        port.rx(0).receive(burst);
        port.tx(0).send(burst);
        Counters counters = port.counters();

        assertThat(counters.stats().rxPackets()).isEqualTo(32);
        assertThat(counters.stats().txPackets()).isEqualTo(32);
        int place = counters.names().indexOf("rx_good_packets");
        assertThat(counters.values())
                .hasSize(counters.names().size())
                .contains(32, org.assertj.core.data.Index.atIndex(place));

        counters.reset();
        assertThat(counters.stats()).isEqualTo(new PortStats(0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void hashesAreSpreadOverTheQueuesAsTheTableSays() {
        port.stop();
        port.configure(PortConfig.ofQueues(2, 1).withRss(port.info().rssFunctions()), pool);
        int[] table =
                IntStream.range(0, port.info().retaSize()).map(i -> i % 3 == 0 ? 1 : 0).toArray();

        port.rss().setTable(table);
        port.rss().setHash(port.info().rssFunctions(), new byte[40]);

        assertThat(port.rss().table()).containsExactly(table);
        table[0] = 2;
        assertThatThrownBy(() -> port.rss().setTable(table))
                .hasMessageContaining("has no receive queue 2: it is configured with 2");
    }

    @Test
    void aPortThatWasStoppedGoesOn() {
        RxQueue rx = port.rx(0);
        port.stop();
        port.start();
        assertThat(rx.receive(burst)).isEqualTo(32);
    }
}
