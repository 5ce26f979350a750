package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.journal.Notes;
import io.patchbay.spi.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesOnDiskTest {
    private static final EniNote NOTE =
            EniNote.making("i-1", EniWorks.wanted("t-1"), 1, 2, 1234).created("eni-7");
    private static final SnapshotNote SNAPSHOT =
            SnapshotNote.of(
                    new Instance("i-1", "m5.large", "r", "z", "vpc-1", List.of("sg-1")),
                    new InstanceLimits(List.of(3), 10, true),
                    List.of(Described.eni(0, "10.0.0.5/32"), Described.eni(1, "10.0.1.16/28")),
                    7);

    @TempDir Path state;

    @Test
    void notesAreReadAsTheyWereWritten() {
        Journal<EniNote> enis = new Notes<>(new DurableFiles(state), "enis", EniNote.class);
        EniNote off = EniNote.takingOff("i-1", "eni-8", "attach-8", 99);
        enis.write(NOTE.key(), NOTE);
        enis.write(off.key(), off);
        assertThat(again("enis", EniNote.class).all())
                .containsEntry("t-1", NOTE)
                .containsEntry("eni-8", off);
        new Notes<>(new DurableFiles(state), "node", SnapshotNote.class)
                .write(SnapshotNote.KEY, SNAPSHOT);
        assertThat(again("node", SnapshotNote.class).find(SnapshotNote.KEY)).contains(SNAPSHOT);
    }

    @Test
    void aRequestReadFromDiskHasItsTagsInTheSameOrder() {
        Map<String, String> tags = new LinkedHashMap<>();
        Stream.of("d", "b", "e", "a", "c").forEach(key -> tags.put(key, "1"));
        Creation wanted =
                new Creation(
                        "t", "subnet-a", List.of(), "", tags, Optional.empty(), Order.prefixes(1));
        EniNote note = EniNote.making("i-1", wanted, 0, 1, 1234);
        new Notes<>(new DurableFiles(state), "enis", EniNote.class).write(note.key(), note);

        Creation read =
                again("enis", EniNote.class).find("t").orElseThrow().creation().orElseThrow();

        assertThat(wanted.tags().keySet()).containsExactly("a", "b", "c", "d", "e");
        assertThat(read.tags().keySet()).containsExactly("a", "b", "c", "d", "e");
    }

    private record Earlier(
            String token,
            String subnet,
            List<String> groups,
            String description,
            Map<String, String> tags,
            Order order) {}

    private record EarlierNote(
            EniNote.Stage stage,
            String instance,
            Optional<Earlier> creation,
            String eni,
            String attachment,
            int card,
            int device,
            long since) {}

    @Test
    void aNoteOfAnEarlierVersionSaysNothingOfConnections() {
        EarlierNote note =
                new EarlierNote(
                        EniNote.Stage.CREATE,
                        "i-1",
                        Optional.of(
                                new Earlier(
                                        "t",
                                        "subnet-a",
                                        List.of("sg-1"),
                                        "",
                                        Map.of(),
                                        Order.prefixes(1))),
                        "",
                        "",
                        0,
                        1,
                        1234);
        new Notes<>(new DurableFiles(state), "enis", EarlierNote.class).write("t", note);
        EniNote read = again("enis", EniNote.class).find("t").orElseThrow();
        assertThat(read.creation().orElseThrow().tracking()).isEmpty();
    }

    private record EarlierKnown(
            String id,
            String mac,
            int device,
            int card,
            String primary,
            String subnetId,
            String subnet,
            List<String> vpc,
            List<String> blocks) {}

    private record EarlierSnapshot(
            Instance instance, InstanceLimits limits, List<EarlierKnown> enis, long since) {}

    @Test
    void aSnapshotOfAnEarlierVersionIsOfTheNodesOwnInterfaces() {
        EarlierKnown known =
                new EarlierKnown(
                        "eni-1",
                        "02:00:00:00:00:01",
                        1,
                        0,
                        "10.0.1.4",
                        "subnet-a",
                        "10.0.1.0/24",
                        List.of("10.0.0.0/16"),
                        List.of("10.0.1.5/32"));
        new Notes<>(new DurableFiles(state), "node", EarlierSnapshot.class)
                .write(
                        SnapshotNote.KEY,
                        new EarlierSnapshot(
                                SNAPSHOT.instance(), SNAPSHOT.limits(), List.of(known), 7));
        Eni read =
                again("node", SnapshotNote.class)
                        .find(SnapshotNote.KEY)
                        .orElseThrow()
                        .read()
                        .getFirst();
        assertThat(read.config()).isEqualTo(EniConfig.NODE);
        assertThat(read.groups()).isEmpty();
        assertThat(read.subnet6()).isEmpty();
    }

    @Test
    void aTornSnapshotIsSetAsideAndReadsAsNone() throws IOException {
        Journal<SnapshotNote> node =
                new Notes<>(new DurableFiles(state), "node", SnapshotNote.class);
        node.write(SnapshotNote.KEY, SNAPSHOT);
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {'{'});
            }
        }
        assertThat(again("node", SnapshotNote.class).find(SnapshotNote.KEY)).isEmpty();
    }

    private <N extends Record> Journal<N> again(String name, Class<N> type) {
        return new Notes<>(new DurableFiles(state), name, type);
    }
}
