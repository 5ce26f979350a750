/// Whether a process could use a device or a socket, found out by trying.
@NullMarked
package io.patchbay.kernel.probe;

import org.jspecify.annotations.NullMarked;
