/// Addresses on the wire.
@NullMarked
package io.patchbay.kernel.rtnl.address;

import org.jspecify.annotations.NullMarked;
