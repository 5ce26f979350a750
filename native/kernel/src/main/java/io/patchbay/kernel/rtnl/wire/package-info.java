/// What the messages about every kind of object have in common.
@NullMarked
package io.patchbay.kernel.rtnl.wire;

import org.jspecify.annotations.NullMarked;
