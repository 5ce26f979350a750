package io.patchbay.e2e.differential;

import org.junit.jupiter.api.Tag;

/// The rows that take what not every kernel has: ipvlan, VLANs, bonds.
@Tag("stock-kernel")
class DifferentialStockKernelTest extends Comparison {
    DifferentialStockKernelTest() {
        super(true);
    }
}
