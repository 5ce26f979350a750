/// The examples as a user meets them: child processes over devices that need no hardware.
@NullMarked
package io.patchbay.examples.dpdk;

import org.jspecify.annotations.NullMarked;
