/// Neighbours on the wire.
@NullMarked
package io.patchbay.kernel.rtnl.neighbour;

import org.jspecify.annotations.NullMarked;
