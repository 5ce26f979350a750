/// ARP and neighbour discovery over packet sockets.
@NullMarked
package io.patchbay.kernel.announce;

import org.jspecify.annotations.NullMarked;
