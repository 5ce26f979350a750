/// Where a delegate's addresses come from.
@NullMarked
package io.patchbay.spi.ipam;

import org.jspecify.annotations.NullMarked;
