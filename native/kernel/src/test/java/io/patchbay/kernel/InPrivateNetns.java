package io.patchbay.kernel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test in a network namespace of its own: what we do there, and what its own commands tell of
/// it.
abstract class InPrivateNetns {
    PrivateNetns witness;
    OpenNetns netns;

    @BeforeEach
    void open() {
        witness = PrivateNetns.create();
        netns = witness.open();
    }

    @AfterEach
    void close() {
        netns.close();
        witness.close();
    }
}
