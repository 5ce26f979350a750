package io.patchbay.meta.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WatchedDirectoriesTest {
    /// For what must not come.
    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir private Path root;

    private WatchedDirectories files;

    @BeforeEach
    void open() {
        files = WatchedDirectories.open();
    }

    @AfterEach
    void close() {
        files.close();
    }

    private Path make(String directory) throws IOException {
        return Files.createDirectories(root.resolve(directory));
    }

    @Test
    void aFileIsToldWhenItComesAndChangesAndGoes() throws Exception {
        files.watch(List.of(root));
        Path file = Files.createFile(root.resolve("one"));
        files.await();
        Files.writeString(file, "other");
        files.await();
        Files.delete(file);
        files.await();
    }

    @Test
    void aDirectoryThatAppearsIsToldAndWatchedByThen() throws Exception {
        Path later = root.resolve("not/yet");
        files.watch(List.of(later));
        make("not/yet");
        while (Files.notExists(later.resolve("told"))) {
            files.await();
            // Nothing of what comes after the first change may be missed.
            Files.createFile(later.resolve("told"));
        }
        files.await();
        Files.createFile(later.resolve("more"));
        files.await();
    }

    @Test
    void aDirectoryInTheOldOnesPlaceIsWatchedAndTheOldOneIsNot() throws Exception {
        Path directory = make("here");
        Path other = make("other");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        files.watch(Map.of(directory, file -> seen.add(file.getFileName().toString())));
        Files.move(directory, root.resolve("away"));
        Files.move(other, directory);
        files.await();
        awaitNothing();
        Files.createFile(root.resolve("away/old"));
        Files.createFile(directory.resolve("new"));
        while (seen.isEmpty()) {
            // What was moved may be told only now.
            files.await();
        }
        awaitNothing();
        assertThat(seen).containsExactly("new");
    }

    @Test
    void aDirectoryThatIsRemovedAndMadeAgainIsWatched() throws Exception {
        Path directory = make("here");
        files.watch(List.of(directory));
        Files.delete(directory);
        files.await();
        make("here");
        files.await();
        awaitNothing();
        Files.createFile(directory.resolve("new"));
        files.await();
    }

    /// One change may be several of the kernel's.
    private void awaitNothing() throws InterruptedException {
        boolean changing = true;
        while (changing) {
            changing = files.await(MOMENT);
        }
    }

    @Test
    void onlyFilesThatCountAreTold() throws Exception {
        files.watch(Map.of(root, file -> file.equals(root.resolve("b.sock"))));
        Files.createFile(root.resolve("a"));
        assertThat(files.await(MOMENT)).isFalse();
        Files.createFile(root.resolve("b.sock"));
        files.await();
    }

    @Test
    void anOverflowIsAChangeThoughNoFileCounts() throws Exception {
        files.watch(Map.of(root, _ -> false));
        int made = 0;
        while (!files.await(Duration.ZERO)) {
            for (int end = made + 2_000; made < end; made++) {
                Files.createFile(root.resolve("" + made));
            }
        }
    }

    @Test
    void aDirectoryByTwoPathsIsWatchedForBoth() throws Exception {
        Path directory = make("here");
        Path link = Files.createSymbolicLink(root.resolve("link"), directory);
        Path never = Files.createSymbolicLink(root.resolve("never"), directory);
        files.watch(Map.of(never, _ -> false, link, link.resolve("one")::equals));
        Files.createFile(directory.resolve("one"));
        files.await();
    }

    @Test
    void aDirectoryThatIsNamedTwiceOrBelowAnotherIsWatched() throws Exception {
        Path below = make("below");
        files.watch(List.of(root, below, root));
        Files.createFile(below.resolve("one"));
        files.await();
        awaitNothing();
        Files.createFile(root.resolve("one"));
        files.await();
    }

    @Test
    void whatIsNoLongerWantedIsNotTold() throws Exception {
        Path other = make("other");
        files.watch(List.of(root, other));
        files.watch(List.of(other));
        Files.createFile(root.resolve("one"));
        assertThat(files.await(MOMENT)).isFalse();
        Files.createFile(other.resolve("one"));
        files.await();
    }

    @Test
    void aFollowerActsAfterEachChangeAndNoMoreOnceItIsClosed() throws Exception {
        Semaphore acted = new Semaphore(0);
        files.watch(List.of(root));
        files.follow("follower", acted::release);
        for (String name : List.of("one", "two", "three")) {
            Files.createFile(root.resolve(name));
            assertThat(acted.tryAcquire(60, TimeUnit.SECONDS)).as(name).isTrue();
        }
        files.close();
        acted.drainPermits();
        Files.createFile(root.resolve("four"));
        assertThat(acted.availablePermits()).isZero();
    }

    @Test
    void whoWaitsWhenItIsClosedWaitsNoLonger() throws Exception {
        files.watch(List.of(root));
        CountDownLatch about = new CountDownLatch(1);
        try (var others = Executors.newSingleThreadExecutor()) {
            Future<?> waiting =
                    others.submit(() -> {
                        about.countDown();
                        files.await();
                        return about;
                    });
            about.await();
            files.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .withCauseInstanceOf(InterruptedException.class);
        }
        files.watch(List.of(root));
    }
}
