package io.patchbay.kit.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateTest {
    private static final int LOOKS = 2000;

    @TempDir private Path root;

    @Test
    void filesAreToldByTheirNamesBelowTheDirectory() throws IOException {
        Files.createDirectories(root.resolve("notes/vpc"));
        Files.writeString(root.resolve("notes/vpc/key"), "");
        Files.writeString(root.resolve("lock"), "");

        assertThat(FileState.take("state", root).parts().get("state"))
                .containsExactly("notes/vpc/key");
        assertThat(FileState.take("state", root.resolve("none")).parts().get("state")).isEmpty();
    }

    @Test
    void whatGoesWhileItIsLookedAtIsNotThere() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> writeAndErase(over));
        try {
            for (int i = 0; i < LOOKS; i++) {
                assertThat(FileState.take("state", root).parts()).containsKey("state");
            }
        } finally {
            over.set(true);
            writer.join();
        }
    }

    private void writeAndErase(AtomicBoolean over) {
        try {
            while (!over.get()) {
                for (int i = 0; i < 20; i++) {
                    Files.writeString(root.resolve("note" + i), "");
                }
                for (int i = 0; i < 20; i++) {
                    Files.delete(root.resolve("note" + i));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
