/// Devices that the kubelet gave to pods, and which network gets which.
@NullMarked
package io.patchbay.meta.device;

import org.jspecify.annotations.NullMarked;
