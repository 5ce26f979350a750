package io.patchbay.meta.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir private Path directory;

    private DurableFiles files() {
        return new DurableFiles(directory.resolve("state"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private String read(DurableFiles files, String name) {
        return files.read(name).map(content -> new String(content, UTF_8)).orElse("absent");
    }

    @Test
    void what_was_written_is_read_by_the_next_process() {
        files().write("sandboxes/abc", bytes("one"));
        files().writeLazily("sandboxes/abc", bytes("two"));

        assertThat(read(files(), "sandboxes/abc")).isEqualTo("two");
    }

    @Test
    void only_the_owner_may_look() throws IOException {
        files().write("notes/vpc/eni/key", bytes("secret"));

        assertThat(mode("state")).isEqualTo("rwx------");
        assertThat(mode("state/notes/vpc/eni")).isEqualTo("rwx------");
        assertThat(mode("state/notes/vpc/eni/key")).isEqualTo("rw-------");
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve(name)));
    }

    @Test
    void what_is_not_there_is_absent_and_erasing_it_is_nothing() {
        DurableFiles files = files();

        files.erase("sandboxes/abc");

        assertThat(files.read("sandboxes/abc")).isEqualTo(Optional.empty());
        assertThat(files.list("sandboxes")).isEmpty();
    }

    @Test
    void a_directory_is_listed_in_order_without_temporary_files_or_directories()
            throws IOException {
        DurableFiles files = files();
        files.write("sandboxes/b", bytes("b"));
        files.write("sandboxes/a", bytes("a"));
        files.write("sandboxes/deep/c", bytes("c"));
        Files.createFile(directory.resolve("state/sandboxes/.new-7"));

        assertThat(files.list("sandboxes")).containsExactly("sandboxes/a", "sandboxes/b");
    }

    @Test
    void temporary_files_of_a_crash_are_removed_at_the_start() throws IOException {
        files().write("sandboxes/a", bytes("a"));
        Path left = Files.createFile(directory.resolve("state/sandboxes/.new-7"));

        DurableFiles files = files();

        assertThat(left).doesNotExist();
        assertThat(read(files, "sandboxes/a")).isEqualTo("a");
    }

    @Test
    void a_write_that_fails_names_the_file_and_leaves_nothing() throws IOException {
        DurableFiles files = files();
        files.write("sandboxes/busy/inner", bytes("a directory cannot be replaced by a file"));

        assertThatThrownBy(() -> files.write("sandboxes/busy", bytes("b")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory.resolve("state/sandboxes/busy").toString());
        try (Stream<Path> left = Files.list(directory.resolve("state/sandboxes"))) {
            assertThat(left).containsExactly(directory.resolve("state/sandboxes/busy"));
        }
    }

    @Test
    void a_state_directory_that_cannot_be_made_is_named() {
        assertThatThrownBy(() -> new DurableFiles(Path.of("/proc/patchbay")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("/proc/patchbay");
    }

    @Test
    void an_interrupt_breaks_neither_write_nor_read_and_stays_set() {
        DurableFiles files = files();
        Thread.currentThread().interrupt();

        files.write("sandboxes/abc", bytes("whole"));
        String content = read(files, "sandboxes/abc");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(content).isEqualTo("whole");
    }

    @Test
    void what_is_set_aside_is_kept_beside_its_namesakes() {
        DurableFiles files = files();
        files.write("sandboxes/abc", bytes("one"));
        files.setAside("sandboxes/abc", "is torn");
        files.write("sandboxes/abc", bytes("two"));
        files.setAside("sandboxes/abc", "is torn");

        files.setAside("sandboxes/abc", "is gone, which is no failure");

        assertThat(files.list("sandboxes")).isEmpty();
        assertThat(files.list("set-aside"))
                .containsExactly("set-aside/sandboxes,abc", "set-aside/sandboxes,abc~2");
    }

    @Test
    void a_name_that_leaves_the_directory_is_refused() {
        assertThatThrownBy(() -> files().write("../x", bytes("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files().erase("")).isInstanceOf(IllegalArgumentException.class);
    }

    /// As the plugin binary spools a DEL: the daemon starts amid that.
    @Test
    void a_file_that_vanishes_while_it_opens_is_no_failure() throws Exception {
        Path spool = Files.createDirectories(directory.resolve("state/spool"));
        AtomicBoolean done = new AtomicBoolean();
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; !done.get(); i++) {
                                come(spool.resolve(".tmp-" + i), spool.resolve(i + ".del"));
                            }
                        });
        try {
            for (int i = 0; i < 300; i++) {
                files();
            }
        } finally {
            done.set(true);
            other.join();
        }
        assertThat(files().list("spool")).isEmpty();
    }

    private static void come(Path unfinished, Path finished) {
        try {
            Files.createFile(unfinished);
            Files.move(unfinished, finished);
            Files.delete(finished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
