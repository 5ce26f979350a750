/// Devices that the kubelet assigned, and the PCI functions that most of them are.
@NullMarked
package io.patchbay.spi.device;

import org.jspecify.annotations.NullMarked;
