/// Routing rules on the wire.
@NullMarked
package io.patchbay.kernel.rtnl.rule;

import org.jspecify.annotations.NullMarked;
