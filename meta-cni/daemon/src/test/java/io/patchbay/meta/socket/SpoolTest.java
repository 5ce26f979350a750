package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.attach.Backoff;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SpoolTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));

    @TempDir Path state;

    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory());
        spool = new Spool(new DurableFiles(state), Duration.ofSeconds(20));
    }

    private Path directory() {
        return state.resolve("spool");
    }

    private CniReply del(Request request) {
        String id = request.environment().getOrDefault("CNI_CONTAINERID", "");
        deleted.add(id);
        return failing.contains(id)
                ? CniReply.failure(
                        new CniException(Standard.TRY_AGAIN_LATER, "busy"), CniVersion.NEWEST)
                : CniReply.empty();
    }

    private static byte[] frame(String verb, String container) {
        return Wire.frame(
                Map.of(
                        "CNI_COMMAND",
                        verb,
                        "CNI_CONTAINERID",
                        container,
                        "CNI_IFNAME",
                        "eth0",
                        "CNI_NETNS",
                        "/run/netns/" + container),
                "{\"cniVersion\": \"1.1.0\", \"name\": \"patchbay\", \"type\": \"patchbay\"}",
                0);
    }

    private Path put(int nanos, byte[] content) {
        try {
            Path temporary = Files.write(directory().resolve(".tmp-" + nanos), content);
            return Files.move(
                    temporary,
                    directory().resolve("%020d-77.del".formatted(nanos)),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> left(String folder) {
        Path listed = state.resolve(folder);
        try (Stream<Path> files = Files.isDirectory(listed) ? Files.list(listed) : Stream.of()) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allIsCarriedOutOldestFirstAndErased() {
        put(300, frame("DEL", "c3"));
        put(20, frame("DEL", "c1"));
        put(100, frame("DEL", "c2"));
        assertThat(spool.drain(this::del)).isZero();
        assertThat(deleted).containsExactly("c1", "c2", "c3");
        assertThat(left("spool")).isEmpty();
    }

    @Test
    void whatFailsStaysAndTheOthersGo() {
        put(1, frame("DEL", "c1"));
        Path stays = put(2, frame("DEL", "c2"));
        put(3, frame("DEL", "c3"));
        failing.add("c2");
        assertThat(spool.drain(this::del)).isEqualTo(1);
        assertThat(deleted).containsExactly("c1", "c2", "c3");
        assertThat(stays).exists();
        failing.clear();
        assertThat(spool.drain(this::del)).isZero();
        assertThat(left("spool")).isEmpty();
    }

    @Test
    void tornAndForeignFilesAreSetAsideAndUnfinishedOnesLeftAlone() throws IOException {
        byte[] whole = frame("DEL", "c1");
        put(1, java.util.Arrays.copyOf(whole, whole.length - 3));
        put(2, frame("ADD", "c2"));
        put(3, Wire.frame(Map.of("CNI_COMMAND", "DEL"), "{}", 0));
        Files.write(directory().resolve("notes.txt"), whole);
        Files.write(directory().resolve(".tmp-5"), whole);
        put(6, frame("DEL", "c6"));
        assertThat(spool.drain(this::del)).isZero();
        assertThat(deleted).containsExactly("c6");
        assertThat(left("spool")).containsExactly(".tmp-5");
        assertThat(left("set-aside")).hasSize(4);
    }

    @Test
    void anAddSettlesWhatThereIsOfItsOwnContainerOnly() {
        put(1, frame("DEL", "c1"));
        Path other = put(2, frame("DEL", "c2"));
        put(3, frame("DEL", "c1"));
        spool.settle("c1", this::del);
        assertThat(deleted).containsExactly("c1", "c1");
        assertThat(other).exists();
    }

    @Test
    void anAddIsRefusedWhileAnEarlierDelOfItsContainerFails() {
        put(1, frame("DEL", "c1"));
        failing.add("c1");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> spool.settle("c1", this::del))
                .matches(refusal -> refusal.code() == Standard.TRY_AGAIN_LATER)
                .withMessageContaining("an earlier DEL of container c1");
        spool.settle("c2", this::del);
    }

    @Test
    void whatIsBeingCarriedOutIsWaitedForAndNotRepeated() throws Exception {
        put(1, frame("DEL", "c1"));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RequestHandler slow =
                request -> {
                    started.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return del(request);
                };
        try (ExecutorService others = Executors.newCachedThreadPool()) {
            Future<?> draining = others.submit(() -> spool.drain(slow));
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            Thread[] add = new Thread[1];
            CountDownLatch known = new CountDownLatch(1);
            Future<?> settling =
                    others.submit(() -> {
                        add[0] = Thread.currentThread();
                        known.countDown();
                        spool.settle("c1", this::del);
                    });
            known.await();
            Await.until("the ADD waits", () -> add[0].getState() == Thread.State.TIMED_WAITING);
            assertThat(settling.isDone()).isFalse();
            released.countDown();
            settling.get(60, TimeUnit.SECONDS);
            draining.get(60, TimeUnit.SECONDS);
        }
        assertThat(deleted).containsExactly("c1");
    }

    @Test
    void aWatchDrainsWhatIsThereAndWhatComes() {
        put(1, frame("DEL", "before"));
        try (SpoolWatch _ = SpoolWatch.start(spool, directory(), this::del, QUICK)) {
            Await.until("the first is gone", () -> left("spool").isEmpty());
            put(2, frame("DEL", "later"));
            Await.until("the second is gone", () -> left("spool").isEmpty());
        }
        assertThat(deleted).containsExactly("before", "later");
    }

    @Test
    void aWatchTriesAgainUntilItSucceeds() {
        failing.add("c1");
        put(1, frame("DEL", "c1"));
        try (SpoolWatch _ = SpoolWatch.start(spool, directory(), this::del, QUICK)) {
            Await.until("it was tried four times", () -> deleted.size() >= 4);
            assertThat(left("spool")).hasSize(1);
            failing.clear();
            Await.until("it is gone", () -> left("spool").isEmpty());
        }
    }

    @Test
    void aWatchMakesItsDirectory() throws IOException {
        Files.delete(directory());
        try (SpoolWatch _ = SpoolWatch.start(spool, directory(), this::del, QUICK)) {
            put(1, frame("DEL", "c1"));
            Await.until("it is gone", () -> left("spool").isEmpty());
        }
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(backoff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aDelThatHangsIsInterruptedAtItsDeadlineAndStays() {
        put(1, frame("DEL", "c1"));
        Spool impatient = new Spool(new DurableFiles(state), Duration.ofMillis(100));
        assertThat(impatient.drain(SpoolTest::hang)).isEqualTo(1);
        assertThat(left("spool")).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aWatchThatIsClosedInterruptsTheDelItIsAt() {
        put(1, frame("DEL", "c1"));
        CountDownLatch started = new CountDownLatch(1);
        RequestHandler hanging =
                request -> {
                    started.countDown();
                    return hang(request);
                };
        try (SpoolWatch _ = SpoolWatch.start(spool, directory(), hanging, QUICK)) {
            Await.until("it is at it", () -> started.getCount() == 0);
        }
        assertThat(left("spool")).hasSize(1);
    }

    private static CniReply hang(Request request) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            return CniReply.failure(CniException.tryAgain("interrupted"), CniVersion.NEWEST);
        }
        return CniReply.empty();
    }
}
