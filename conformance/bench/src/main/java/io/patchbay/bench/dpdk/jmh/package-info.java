/// What the DPDK binding costs by itself, a burst: JMH's benchmarks, each in a process of its own,
/// for one can start DPDK once.
@NullMarked
package io.patchbay.bench.dpdk.jmh;

import org.jspecify.annotations.NullMarked;
