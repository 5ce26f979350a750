package io.patchbay.meta.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {
    record Vf(int index, boolean trust, Optional<MacAddress> mac) {}

    record Note(String name, List<Cidr> addresses, Map<String, Vf> functions, long number) {}

    private static final Note NOTE =
            new Note(
                    "eth\"0",
                    List.of(Cidr.parse("10.0.0.1/24"), Cidr.parse("2001:db8::1/64")),
                    Map.of(
                            "0000:01:10.0",
                            new Vf(3, true, Optional.of(MacAddress.parse("02:00:00:00:00:01"))),
                            "0000:01:10.1",
                            new Vf(0, false, Optional.empty())),
                    1L << 40);

    @TempDir private Path root;
    private Notes<Note> notes;

    @BeforeEach
    void open() {
        notes = new Notes<>(new DurableFiles(root), "notes/sriov/devices", Note.class);
    }

    private Path file(String key) {
        return root.resolve("notes/sriov/devices").resolve(FileName.of(key));
    }

    @Test
    void a_note_comes_back_as_it_was_written() {
        notes.write("0000:01:10.0", NOTE);
        notes.writeLazily("../lazy", NOTE);

        assertThat(notes.find("0000:01:10.0")).contains(NOTE);
        assertThat(notes.all())
                .containsOnly(Map.entry("0000:01:10.0", NOTE), Map.entry("../lazy", NOTE));
    }

    @Test
    void keys_too_long_for_a_file_come_back_whole() {
        String key = "k".repeat(500);
        notes.write(key, NOTE);

        assertThat(notes.find(key)).contains(NOTE);
        assertThat(notes.all()).containsOnlyKeys(key);
    }

    @Test
    void an_erased_note_is_absent() {
        notes.write("a", NOTE);
        notes.erase("a");
        notes.erase("a");

        assertThat(notes.find("a")).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void a_torn_note_is_set_aside_and_the_others_are_read() throws IOException {
        notes.write("torn", NOTE);
        notes.write("whole", NOTE);
        byte[] content = Files.readAllBytes(file("torn"));
        Files.write(file("torn"), Arrays.copyOf(content, content.length - 1));

        assertThat(notes.all()).containsOnlyKeys("whole");
        assertThat(notes.find("torn")).isEmpty();
        assertThat(root.resolve("set-aside/notes,sriov,devices,torn")).exists();
    }

    @Test
    void notes_of_another_journal_or_shape_or_key_are_set_aside() throws IOException {
        Files.createDirectories(file("x").getParent());
        Files.write(file("empty"), new byte[0]);
        Files.write(file("text"), "hello\n".getBytes(UTF_8));
        Files.write(file("other"), Envelope.seal("sandboxes", "{}"));
        Files.write(file("nothing"), Envelope.seal("notes/sriov/devices", "{}"));
        Files.write(file("list"), Envelope.seal("notes/sriov/devices", "[1]"));
        Files.write(
                file("shape"),
                Envelope.seal("notes/sriov/devices", "{\"key\":\"shape\",\"note\":{\"x\":1}}"));
        notes.write("misnamed", NOTE);
        Files.move(file("misnamed"), file("renamed"));

        assertThat(notes.all()).isEmpty();
        assertThat(root.resolve("set-aside")).isDirectoryContaining("glob:**shape");
        try (var left = Files.list(file("x").getParent())) {
            assertThat(left).isEmpty();
        }
    }
}
