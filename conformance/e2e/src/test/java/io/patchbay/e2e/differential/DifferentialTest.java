package io.patchbay.e2e.differential;

import org.junit.jupiter.api.Tag;

/// The rows that any kernel can run.
@Tag("kernel")
class DifferentialTest extends Comparison {
    DifferentialTest() {
        super(false);
    }
}
