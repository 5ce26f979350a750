/// The codecs against golden bytes, and against what is cut short or damaged.
@NullMarked
package io.patchbay.examples.dpdk.frame;

import org.jspecify.annotations.NullMarked;
