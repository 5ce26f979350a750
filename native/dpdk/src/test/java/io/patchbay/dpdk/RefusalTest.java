package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a caller may get wrong is an exception, never the end of the process.
@NeedsDpdk
class RefusalTest {
    private static Eal eal;
    private static Mempool pool;

    private Port port;
    private Burst burst;

    @BeforeAll
    static void start() {
        eal = TestEal.start();
        pool = eal.mempool("packets", 255, 0, 0, 2176, -1);
    }

    @AfterAll
    static void end() {
        eal.close();
    }

    @BeforeEach
    void addPort() {
        eal.hotplugAdd("vdev", "net_null0", "");
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

    private static void assertErrno(int errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DpdkException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }

    private static void assertRefused(String sentence, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(sentence);
    }

    @Test
    void aPortThatIsTakenOrIsNotThereCannotBeHad() {
        assertErrno(16, () -> eal.port("net_null0"));
        assertThatThrownBy(() -> eal.port("net_null7"))
                .hasMessage("There is no port 'net_null7': there are [net_null0].");
        assertErrno(19, () -> eal.port("net_null7"));
        assertErrno(16, () -> eal.hotplugRemove("vdev", "net_null0"));
    }

    @Test
    void aBurstOnAStoppedQueueIsRefused() {
        RxQueue rx = port.rx(0);
        TxQueue tx = port.tx(0);
        rx.receive(burst);
        port.stop();

        assertRefused(
                "The receive queue 0 of port 'net_null0' is not started: start its port.",
                () -> rx.receive(burst));
        assertRefused(
                "The send queue 0 of port 'net_null0' is not started: start its port.",
                () -> tx.send(burst));
        assertThatThrownBy(() -> tx.sendAll(burst, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rx.forward(tx, 32)).isInstanceOf(IllegalStateException.class);
        assertThat(burst.size()).isEqualTo(32);
    }

    @Test
    void aQueueOfAnEarlierConfigurationIsRefused() {
        RxQueue rx = port.rx(0);
        port.stop();
        port.configure(PortConfig.ofQueues(1, 1), pool);
        port.start();
        assertThatThrownBy(() -> rx.receive(burst)).isInstanceOf(IllegalStateException.class);
        assertThat(port.rx(0).receive(burst)).isEqualTo(32);
    }

    @Test
    void aQueueThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> port.rx(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        "The port 'net_null0' has no receive queue 1: it is configured with 1.");
        assertThatThrownBy(() -> port.tx(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aConfigurationThatTheDriverDoesNotOfferIsRefused() {
        assertThatThrownBy(() -> port.configure(PortConfig.ofQueues(1, 1), pool))
                .hasMessage("The port 'net_null0' is started: stop it to configure it.");
        port.stop();
        assertThatThrownBy(
                        () -> port.configure(PortConfig.ofQueues(1, 1).withOffloads(0, -1), pool))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not offer the send offloads 0x");
        assertThatThrownBy(() -> PortConfig.ofQueues(-1, 1)).hasMessageContaining("rxQueues");
        assertThatThrownBy(() -> port.setMtu(70_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPacketThatWasFreedSentOrMovedCannotBeTouched() {
        port.rx(0).receive(burst);
        Packet freed = burst.packet(0);
        freed.free();
        assertRefused("The packet of slot 0 is gone: it was sent, moved or freed.", freed::length);
        assertThatThrownBy(freed::free).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(freed::data).isInstanceOf(IllegalStateException.class);

        Packet sent = burst.packet(31);
        port.tx(0).send(burst);
        assertThatThrownBy(() -> sent.setByte(0, (byte) 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> burst.packet(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aBurstTakesNoMorePacketsThanItHasRoomFor() {
        assertThatThrownBy(() -> pool.allocate(burst, 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity 32 with 0 packets has no room for 33");
        pool.allocate(burst, 32);
        assertThatThrownBy(() -> port.rx(0).receive(burst))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eal.burst(513)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eal.burst(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> port.rx(0).forward(port.tx(0), 513))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDrainedPoolSaysSoAndLosesNothing() {
        try (Burst all = eal.burst(255)) {
            pool.allocate(all, 250);

            assertThatThrownBy(() -> pool.allocate(burst, 6))
                    .hasMessage(
                            "The pool 'packets' of 255 buffers is drained: 6 are asked for, and 5 are left.");

            assertThat(burst.isEmpty()).isTrue();
            assertThat(pool.available()).isEqualTo(5);
            pool.allocate(burst, 5);
            assertThat(port.rx(0).receive(burst)).isZero();
        }
    }

    @Test
    void aPoolInUseIsNotClosed() {
        try (Mempool other = eal.mempool("other", 63, 0, 0, 2176, -1)) {
            other.allocate(burst, 3);
            assertThatThrownBy(other::close)
                    .hasMessage(
                            "The pool 'other' is not closed while 3 of its buffers are in use: free them first.");
            burst.clear();
            port.stop();
            port.configure(PortConfig.ofQueues(1, 1), other);
            assertErrno(16, other::close);
            port.close();
        }
    }

    @Test
    void whatIsClosedIsRefused() {
        Mempool other = eal.mempool("other", 63, 0, 0, 2176, -1);
        other.close();
        RxQueue rx = port.rx(0);
        port.close();
        burst.close();

        assertRefused("The pool 'other' is closed.", other::available);
        assertRefused("The port 'net_null0' is closed.", port::link);
        assertThatThrownBy(port::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rx.receive(burst)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.allocate(burst, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The burst of capacity 32 is closed.");
        port.close();
        other.close();
        burst.close();
    }

    @Test
    void aPortThatCannotBeResetGoesOn() {
        assertErrno(95, port::reset);
        port.start();
        assertThat(port.rx(0).receive(burst)).isEqualTo(32);
    }

    @Test
    void aNameThatIsTooLongOrTakenIsRefused() {
        assertErrno(36, () -> eal.mempool("p".repeat(64), 63));
        assertErrno(36, () -> eal.ring("r".repeat(64), 64, Ring.Ends.ONE_TO_ONE));
        assertErrno(17, () -> eal.mempool("packets", 63));
        assertErrno(19, () -> eal.port("x".repeat(200)));
    }

    @Test
    void aPoolThatTheMemoryDoesNotHoldIsRefused() {
        assertErrno(12, () -> eal.mempool("vast", 1_000_000));
        assertThatThrownBy(() -> eal.mempool("none", 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eal.mempool("wide", 63, 0, 0, 70_000, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeviceThatIsNotThereIsNeitherAddedNorRemoved() {
        assertThatThrownBy(() -> eal.hotplugAdd("vdev", "net_nothing0", ""))
                .isInstanceOf(DpdkException.class)
                .hasMessageContaining(
                        "The device 'net_nothing0' cannot be added to the bus 'vdev'");
        assertThatThrownBy(() -> eal.hotplugAdd("nobus", "net_null1", ""))
                .isInstanceOf(DpdkException.class);
        assertThatThrownBy(() -> eal.hotplugRemove("vdev", "net_null1"))
                .isInstanceOf(DpdkException.class);
    }

    @Test
    void threadsDoNotShareAQueueOrABurst() throws InterruptedException {
        Claim claim = Claim.ofOne("is closed");
        claim.take("The queue");
        Throwable[] thrown = {null};
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                claim.take("The queue");
                            } catch (IllegalStateException e) {
                                thrown[0] = e;
                            }
                        });
        other.join();
        assertThat(thrown[0])
                .hasMessage("The queue is in use by another thread: give each thread its own.");
    }

    @Test
    void stoppingAPortWaitsForWhoeverIsInIt() throws InterruptedException {
        RxQueue rx = port.rx(0);
        TxQueue tx = port.tx(0);
        Throwable[] thrown = {null};
        Thread loop =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                while (true) {
                                    rx.forward(tx, 32);
                                }
                            } catch (Throwable e) {
                                thrown[0] = e;
                            }
                        });
        Await.until("packets flow", () -> port.counters().stats().txPackets() > 1000);

        port.close();

        loop.join();
        assertThat(thrown[0])
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is not started: start its port.");
    }
}
