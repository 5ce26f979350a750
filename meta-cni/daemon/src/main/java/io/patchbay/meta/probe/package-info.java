/// Probes of devices and sockets, each in a process of its own.
@NullMarked
package io.patchbay.meta.probe;

import org.jspecify.annotations.NullMarked;
