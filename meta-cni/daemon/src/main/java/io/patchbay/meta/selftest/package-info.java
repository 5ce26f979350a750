/// The self-test of a node: a temporary pod on each network, judged, and the node around it.
@NullMarked
package io.patchbay.meta.selftest;

import org.jspecify.annotations.NullMarked;
