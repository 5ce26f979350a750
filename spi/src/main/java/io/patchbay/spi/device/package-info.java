/// Devices that the kubelet assigned.
@NullMarked
package io.patchbay.spi.device;

import org.jspecify.annotations.NullMarked;
