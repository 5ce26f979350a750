package io.patchbay.sriov;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test on a node of its own with a card on paper.
abstract class OnCard {
    @TempDir private Path work;
    CardNode node;

    @BeforeEach
    void boot() {
        node = CardNode.boot(work);
    }

    @AfterEach
    void end() {
        node.close();
    }
}
