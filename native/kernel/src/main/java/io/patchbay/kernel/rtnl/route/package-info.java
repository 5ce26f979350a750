/// Routes on the wire.
@NullMarked
package io.patchbay.kernel.rtnl.route;

import org.jspecify.annotations.NullMarked;
