/// rtnetlink: changes and look-ups in one namespace; a folder below for each kind of object.
@NullMarked
package io.patchbay.kernel.rtnl;

import org.jspecify.annotations.NullMarked;
