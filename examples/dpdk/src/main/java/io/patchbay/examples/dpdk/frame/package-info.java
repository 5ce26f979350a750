/// Codecs of frames: Ethernet, ARP, IPv4, ICMP, UDP and GTP-U, over memory that holds a frame from
/// its first byte. Pure: they know neither DPDK nor ports, and allocate nothing.
///
/// Whoever asks for a header's payload learns by -1 that the header is malformed; what is behind a
/// good answer may be read and written.
@NullMarked
package io.patchbay.examples.dpdk.frame;

import org.jspecify.annotations.NullMarked;
