/// The tests of the DPDK binding: real DPDK without hardware, a process for each class.
@NullMarked
package io.patchbay.dpdk;

import org.jspecify.annotations.NullMarked;
