package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AlarmTest {
    @TempDir private Path directory;

    /// As a third party's delegate may hold them.
    @Test
    void itRingsWhileVirtualThreadsHoldAllTheirCarriers() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch held = new CountDownLatch(carriers);
        List<Thread> holders = new ArrayList<>();
        for (int i = 0; i < carriers; i++) {
            holders.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                held.countDown();
                                open(fifo);
                            }));
        }
        held.await();
        CountDownLatch rung = new CountDownLatch(1);
        try (Alarm _ = Alarm.after(Duration.ZERO, rung::countDown)) {
            assertThat(rung.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            // Once somebody may write, those who would read wait no longer.
            try (var _ = new RandomAccessFile(fifo.toFile(), "rw")) {
                for (Thread holder : holders) {
                    holder.join();
                }
            }
        }
    }

    private static void open(Path fifo) {
        try (var _ = new FileInputStream(fifo.toFile())) {
            // To open it is to wait.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
