/// DPDK for Java: [Dpdk] says whether it is there, [Eal] starts it, [Port]s receive and send
/// [Burst]s of [Packet]s.
///
/// What is refused is an exception: [DpdkException] with the errno where DPDK or the machine
/// refuses, [IllegalStateException] and [IllegalArgumentException] where the caller errs. Nothing
/// here ends the process.
@NullMarked
package io.patchbay.dpdk;

import org.jspecify.annotations.NullMarked;
