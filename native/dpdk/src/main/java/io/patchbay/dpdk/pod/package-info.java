/// What a container can learn of itself: its networks, their devices, its CPUs and its memory, and
/// how DPDK is to be started with them. It works without DPDK, and calls no C library.
@NullMarked
package io.patchbay.dpdk.pod;

import org.jspecify.annotations.NullMarked;
