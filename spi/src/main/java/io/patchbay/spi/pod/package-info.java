/// The pod an attachment belongs to, and the cluster around it.
@NullMarked
package io.patchbay.spi.pod;

import org.jspecify.annotations.NullMarked;
