/// Forwarding by DPDK: from Java, beside DPDK's own testpmd.
@NullMarked
package io.patchbay.bench.dpdk;

import org.jspecify.annotations.NullMarked;
