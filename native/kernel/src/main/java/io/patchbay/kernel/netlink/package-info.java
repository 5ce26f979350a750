/// Netlink: a codec without I/O, and a socket without knowledge of what it carries.
@NullMarked
package io.patchbay.kernel.netlink;

import org.jspecify.annotations.NullMarked;
