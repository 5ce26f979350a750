/// The kernel's own word that something changes.
@NullMarked
package io.patchbay.kernel.watch;

import org.jspecify.annotations.NullMarked;
