/// The types `bridge` and `ptp`: pods on a Linux bridge or on the node itself, by veth pairs.
@NullMarked
package io.patchbay.bridge;

import org.jspecify.annotations.NullMarked;
