package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.journal.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pods are told by a process that finds them attached.
class StatusesTest {
    @TempDir Path directory;
    private Node node;

    @BeforeEach
    void open() {
        node = new Node(directory);
        node.pod("amf-0", "side", "");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Path status() {
        return directory.resolve("manifests/status/core.amf-0.yaml");
    }

    private void restore() {
        SandboxJournal journal = new SandboxJournal(new DurableFiles(node.state));
        new Statuses(node.view, journal).restore();
    }

    @Test
    void aStatusThatWasLostIsToldAsTheAddToldIt() throws IOException {
        node.call("ADD", "c1", "amf-0");
        String told = Files.readString(status());
        Files.delete(status());

        restore();

        assertThat(status()).hasContent(told);
    }

    @Test
    void aPodWithoutALivingSandboxIsNotTold() throws IOException {
        node.call("ADD", "c1", "amf-0");
        node.paper.delFails = true;
        node.call("DEL", "c1", "amf-0");
        Files.delete(status());

        restore();

        assertThat(status()).doesNotExist();
    }

    @Test
    void whichOfTwoSandboxesIsThePodsIsNotGuessed() throws IOException {
        node.call("ADD", "c1", "amf-0");
        node.call("ADD", "c2", "amf-0");
        Files.delete(status());

        restore();

        assertThat(status()).doesNotExist();
    }
}
