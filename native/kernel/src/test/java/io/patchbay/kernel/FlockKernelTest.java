package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KernelTest
class FlockKernelTest {
    @TempDir private Path folder;

    private int flock(Path file) throws IOException, InterruptedException {
        return new ProcessBuilder("flock", "--nonblock", file.toString(), "true")
                .inheritIO()
                .start()
                .waitFor();
    }

    @Test
    void whoHoldsItKeepsFlockOneOut() throws IOException, InterruptedException {
        Path file = folder.resolve("lock");
        try (Flock lock = Flock.lock(file)) {
            assertThat(lock).isNotNull();
            assertThat(flock(file)).isEqualTo(1);
        }
        assertThat(flock(file)).isZero();
    }

    @Test
    void flockOneKeepsItOut() throws IOException, InterruptedException {
        Path file = folder.resolve("lock");
        Process holder =
                new ProcessBuilder(
                                "flock",
                                file.toString(),
                                "sh",
                                "-c",
                                "echo held; cat; rm " + folder.resolve("mark"))
                        .start();
        Files.createFile(folder.resolve("mark"));
        assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
        CountDownLatch locked = new CountDownLatch(1);
        Thread waiter =
                Thread.ofPlatform()
                        .start(() -> {
                            try (Flock lock = Flock.lock(file)) {
                                assertThat(lock).isNotNull();
                                locked.countDown();
                            }
                        });
        assertThat(locked.await(100, TimeUnit.MILLISECONDS)).isFalse();
        holder.getOutputStream().close();
        assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("mark")).doesNotExist();
        waiter.join();
        holder.waitFor();
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("lock");
        Flock.lock(file).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path file = folder.resolve("missing/lock");
        assertThatThrownBy(() -> Flock.lock(file))
                .isInstanceOf(KernelException.class)
                .hasMessage("lock " + file + ": ENOENT (no such file or entry)");
    }
}
