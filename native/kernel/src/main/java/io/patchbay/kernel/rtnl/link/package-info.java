/// Links on the wire.
@NullMarked
package io.patchbay.kernel.rtnl.link;

import org.jspecify.annotations.NullMarked;
