/// The settings below /proc/sys.
@NullMarked
package io.patchbay.kernel.sysctl;

import org.jspecify.annotations.NullMarked;
