package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What drivers tell of their ports, until somebody asks.
@NeedsDpdk
class EventsTest {
    private static final String DEVICE = "net_null0";
    private static final Event LINK = new Event.LinkChanged(0, true);
    private static final Event REMOVED = new Event.Removed(0);
    private static final Event RESET = new Event.Reset(0);

    private static Eal eal;
    private static Mempool pool;

    private Port port;

    @BeforeAll
    static void start() {
        eal = TestEal.start();
        pool = eal.mempool("packets", 255);
    }

    @AfterAll
    static void end() {
        eal.close();
    }

    @BeforeEach
    void addPort() {
        eal.hotplugAdd("vdev", DEVICE, "");
        port = eal.port(DEVICE);
        assertThat(port.number()).isZero();
        port.configure(PortConfig.ofQueues(1, 1), pool);
        port.start();
        assertThat(polled()).isEmpty();
    }

    @AfterEach
    void removePort() {
        if (eal.portNames().contains(DEVICE)) {
            port.close();
            eal.hotplugRemove("vdev", DEVICE);
        }
    }

    private static List<Event> polled() {
        List<Event> events = new ArrayList<>();
        for (Optional<Event> next = eal.events().poll();
                next.isPresent();
                next = eal.events().poll()) {
            events.add(next.get());
        }
        return events;
    }

    private static void tell(int event, int times) {
        IntStream.range(0, times).forEach(_ -> Driver.tell(event));
    }

    @Test
    void eachKindIsToldInTheOrderInWhichItHappened() {
        Driver.tell(Driver.LINK);
        Driver.tell(Driver.RESET);
        Driver.tell(Driver.REMOVAL);
        Driver.tell(Driver.LINK);

        assertThat(polled()).containsExactly(LINK, RESET, REMOVED, LINK);
    }

    @Test
    void aDeviceThatGoesWhileItIsPolledIsToldAndItsPortClosedThen() throws InterruptedException {
        Thread driver = Thread.ofPlatform().start(() -> Driver.tell(Driver.REMOVAL));
        try (Burst burst = eal.burst(32)) {
            Await.until(
                    "the removal is told",
                    () -> {
                        port.rx(0).receive(burst);
                        burst.clear();
                        return eal.events().poll().equals(Optional.of(REMOVED));
                    });
        }
        driver.join();
        port.close();
        eal.hotplugRemove("vdev", DEVICE);

        assertThat(eal.portNames()).isEmpty();
        assertThat(polled()).isEmpty();
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void whatFindsNoRoomIsCountedAndToldBehindWhatDid() {
        tell(Driver.REMOVAL, EventsNative.SIZE - 1);
        tell(Driver.RESET, 1);
        tell(Driver.LINK, 77);

        List<Event> expected = new ArrayList<>(Collections.nCopies(EventsNative.SIZE - 1, REMOVED));
        expected.add(RESET);
        expected.add(new Event.Lost(77));
        assertThat(polled()).isEqualTo(expected);

        Driver.tell(Driver.LINK);
        assertThat(polled()).containsExactly(LINK);
    }

    @Test
    void oneThatIsTakenMakesRoomForOne() {
        tell(Driver.REMOVAL, EventsNative.SIZE);
        assertThat(eal.events().poll()).contains(REMOVED);
        tell(Driver.RESET, 2);

        assertThat(polled())
                .hasSize(EventsNative.SIZE + 1)
                .endsWith(REMOVED, RESET, new Event.Lost(1));
    }

    @Test
    void threadsThatTellAtOnceLoseNothingUpToTheRoomAndCountTheRest() throws InterruptedException {
        int each = EventsNative.SIZE / 2;
        List<Thread> drivers =
                IntStream.range(0, 4)
                        .mapToObj(_ -> Thread.ofPlatform().start(() -> tell(Driver.REMOVAL, each)))
                        .toList();
        for (Thread driver : drivers) {
            driver.join();
        }

        List<Event> expected = new ArrayList<>(Collections.nCopies(EventsNative.SIZE, REMOVED));
        expected.add(new Event.Lost(4L * each - EventsNative.SIZE));
        assertThat(polled()).isEqualTo(expected);
    }
}
