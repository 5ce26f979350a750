package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Packets by way of a device that gives back what it is sent, and of rings.
@NeedsDpdk
class RingPortTest {
    private static Eal eal;
    private static Mempool pool;
    private static Port port;

    @BeforeAll
    static void start() {
        eal = TestEal.start("--vdev", "net_ring0");
        pool = eal.mempool("packets", 4095, 0, 0, 2176, -1);
        port = eal.port("net_ring0");
        port.configure(PortConfig.ofQueues(1, 1), pool);
        port.start();
    }

    @AfterAll
    static void end() {
        assertThat(pool.inUse()).isZero();
        eal.close();
    }

    @Test
    void framesComeBackAsTheyWereSent() {
        Wire.assertCarries(eal, pool, port, port);
    }

    @Test
    void aPortTakesWhatIsMeantForOthersWhereItIsToldTo() {
        port.setPromiscuous(true);
        port.setAllMulticast(true);
        assertThat(port.promiscuous()).isTrue();
        assertThat(port.allMulticast()).isTrue();

        port.setPromiscuous(false);
        port.setAllMulticast(false);
        assertThat(port.promiscuous()).isFalse();
        assertThat(port.allMulticast()).isFalse();
    }

    @Test
    void aPacketIsReadAndWrittenInNetworkOrder() {
        try (Burst burst = eal.burst(1)) {
            pool.allocate(burst, 1);
            Packet packet = burst.packet(0);
            packet.append(15);
            packet.setLong(0, 0x0102030405060708L);
            packet.setInt(8, 0x090a0b0c);
            packet.setShort(12, (short) 0x0d0e);
            packet.setByte(14, (byte) 0x0f);

            assertThat(packet.toBytes())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            assertThat(packet.getLong(1)).isEqualTo(0x0203040506070809L);
            assertThat(packet.getInt(11)).isEqualTo(0x0c0d0e0f);
            assertThat(packet.getShort(13)).isEqualTo((short) 0x0e0f);
            assertThat(packet.getByte(14)).isEqualTo((byte) 15);
            assertThatThrownBy(() -> packet.getInt(12))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> packet.setByte(-1, (byte) 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aPacketGrowsAndShrinksAtBothEnds() {
        try (Burst burst = eal.burst(1)) {
            pool.allocate(burst, 1);
            Packet packet = burst.packet(0);
            assertThat(packet.headroom()).isEqualTo(128);
            assertThat(packet.tailroom()).isEqualTo(2048);
            packet.setBytes(new byte[] {1, 2, 3, 4});

            packet.removeFirst(1);
            packet.removeLast(1);
            packet.prepend(2);
            packet.setShort(0, (short) 0x0809);

            assertThat(packet.toBytes()).containsExactly(8, 9, 2, 3);
            assertThat(packet.totalLength()).isEqualTo(4);
            assertThat(packet.headroom()).isEqualTo(127);
            assertThatThrownBy(() -> packet.prepend(128))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> packet.append(2048))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> packet.removeFirst(5))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> packet.removeLast(5))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void packetsThatWereFreedOrMovedLeaveNoGap() {
        try (Burst burst = eal.burst(4);
                Burst other = eal.burst(4)) {
            pool.allocate(burst, 4);
            for (int i = 0; i < 4; i++) {
                burst.packet(i).setBytes(new byte[] {(byte) i});
            }
            burst.packet(0).free();
            burst.packet(2).moveTo(other);

            assertThat(port.tx(0).send(burst)).isEqualTo(2);
            assertThat(port.rx(0).receive(burst)).isEqualTo(2);

            assertThat(burst.packet(0).getByte(0)).isEqualTo((byte) 1);
            assertThat(burst.packet(1).getByte(0)).isEqualTo((byte) 3);
            assertThat(other.packet(0).getByte(0)).isEqualTo((byte) 2);
            assertThat(pool.inUse()).isEqualTo(3);
        }
    }

    @Test
    void whatADeviceDoesNotTakeStaysInTheBurstOrIsDropped() {
        long dropped = port.tx(0).dropped();
        try (Burst burst = eal.burst(512)) {
            int sent = 0;
            do {
                number(burst, sent);
                sent += port.tx(0).send(burst);
            } while (burst.isEmpty());
            int left = burst.size();
            assertThat(burst.packet(0).getInt(0)).isEqualTo(sent);
            assertThat(burst.packet(left - 1).getInt(0)).isEqualTo(sent + left - 1);
            assertThat(pool.inUse()).isEqualTo(sent + left);

            assertThat(port.tx(0).sendAll(burst, 3)).isZero();

            assertThat(burst.isEmpty()).isTrue();
            assertThat(port.tx(0).dropped() - dropped).isEqualTo(left);
            assertThat(pool.inUse()).isEqualTo(sent);
            while (port.rx(0).receive(burst) > 0) {
                burst.clear();
            }
        }
    }

    private static void number(Burst burst, int first) {
        pool.allocate(burst, burst.capacity());
        for (int i = 0; i < burst.size(); i++) {
            burst.packet(i).append(60);
            burst.packet(i).setInt(0, first + i);
        }
    }

    @Test
    void aRingHandsPacketsOnInOrderUpToItsCapacity() {
        try (Ring ring = eal.ring("pipe", 5, Ring.Ends.ONE_TO_ONE);
                Burst burst = eal.burst(8)) {
            pool.allocate(burst, 7);
            for (int i = 0; i < 7; i++) {
                burst.packet(i).setBytes(new byte[] {(byte) i});
            }

            assertThat(ring.enqueue(burst)).isEqualTo(5);
            assertThat(ring.count()).isEqualTo(5);
            assertThat(burst.packet(0).getByte(0)).isEqualTo((byte) 5);
            burst.clear();
            assertThat(ring.dequeue(burst)).isEqualTo(5);

            assertThat(burst.packet(4).getByte(0)).isEqualTo((byte) 4);
            assertThat(ring.dequeue(burst)).isZero();
        }
    }

    @Test
    void aRingThatIsClosedFreesWhatIsInIt() {
        Ring ring = eal.ring("closed", 64, Ring.Ends.MANY_TO_MANY);
        try (Burst burst = eal.burst(64)) {
            pool.allocate(burst, 64);
            ring.enqueue(burst);
            assertThat(pool.inUse()).isEqualTo(64);

            ring.close();

            assertThat(pool.inUse()).isZero();
            assertThatThrownBy(() -> ring.enqueue(burst))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The ring 'closed' is closed.");
            assertThatThrownBy(() -> ring.dequeue(burst)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(ring::count).isInstanceOf(IllegalStateException.class);
        }
    }
}
