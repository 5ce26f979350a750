package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// The life of an EAL, of which a process has one: hence one test.
@NeedsDpdk
class EalTest {
    @Test
    void ealStartsOnceAndEndsForGood() throws Exception {
        refusesWhatWouldEndTheProcess();

        String allowed = cpusAllowed();
        int processors = Runtime.getRuntime().availableProcessors();
        Eal eal = TestEal.start();

        assertThat(cpusAllowed()).isEqualTo(allowed);
        assertThat(Runtime.getRuntime().availableProcessors()).isEqualTo(processors);
        assertThat(inAThread(() -> Runtime.getRuntime().availableProcessors()))
                .isEqualTo(processors);
        assertThat(eal.version()).matches("DPDK \\d\\d\\.\\d\\d.*");
        assertThat(eal.hasHugepages()).isFalse();
        assertThat(eal.iovaMode()).isEqualTo(IovaMode.VIRTUAL);
        refusesASecondStart();
        aPlatformThreadBecomesAWorker(eal);
        aVirtualThreadDoesNot(eal);
        closingEndsEverything(eal);
        refusesASecondStart();
    }

    private static void refusesWhatWouldEndTheProcess() {
        for (String help : List.of("-h", "-vh", "--help", "--he", "--hel")) {
            assertThatThrownBy(() -> TestEal.start(help))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("EAL argument '" + help + "'");
        }
    }

    private static void refusesASecondStart() {
        assertThatThrownBy(TestEal::start)
                .isInstanceOfSatisfying(
                        DpdkException.class, e -> assertThat(e.errno()).isEqualTo(114));
    }

    private static void aPlatformThreadBecomesAWorker(Eal eal) throws Exception {
        String before = cpusAllowed();
        try (Worker worker = eal.worker()) {
            assertThat(worker.lcore()).isPositive();
            assertThatThrownBy(eal::worker).hasMessage("This thread is a worker already.");
            worker.pin(0);
            assertThat(cpusAllowed()).isEqualTo("0");
            assertThatThrownBy(() -> worker.pin(1000)).isInstanceOf(DpdkException.class);
            assertThatThrownBy(() -> worker.pin(1024)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(eal::close)
                    .hasMessageContaining("are its workers: close them first");
            assertThatThrownBy(() -> inAThread(() -> closed(worker)))
                    .hasMessageContaining("only that thread can change or close it");
        }
        assertThat(cpusAllowed()).isEqualTo(before);
    }

    private static void aVirtualThreadDoesNot(Eal eal) {
        FutureTask<Worker> task = new FutureTask<>(eal::worker);
        Thread.ofVirtual().start(task);
        assertThatThrownBy(task::get)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A virtual thread cannot be a worker");
    }

    private static void closingEndsEverything(Eal eal) {
        eal.hotplugAdd("vdev", "net_null0", "");
        Mempool pool = eal.mempool("packets", 255);
        Port port = eal.port("net_null0");
        port.configure(PortConfig.ofQueues(1, 1), pool);
        port.start();
        RxQueue rx = port.rx(0);
        Burst burst = eal.burst(32);
        rx.receive(burst);
        Packet packet = burst.packet(0);
        MemorySegment data = packet.data();
        Ring ring = eal.ring("ring", 8, Ring.Ends.ONE_TO_ONE);

        eal.close();
        eal.close();

        for (Runnable use :
                List.<Runnable>of(
                        () -> rx.receive(burst),
                        port::link,
                        pool::available,
                        ring::count,
                        packet::length,
                        () -> data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0),
                        () -> eal.burst(1),
                        eal::portNames,
                        eal::worker,
                        () -> eal.events().poll())) {
            assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class);
        }
        for (AutoCloseable closed : List.of(port, pool, ring, burst)) {
            assertThatCode(closed::close).doesNotThrowAnyException();
        }
    }

    private static Worker closed(Worker worker) {
        worker.close();
        return worker;
    }

    private static <T> T inAThread(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    /// As the kernel says it of this thread.
    private static String cpusAllowed() throws Exception {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
