/// A node that was Amazon's plugin's: which pods it left, from its checkpoint and from the kernel.
@NullMarked
package io.patchbay.vpc.adopt;

import org.jspecify.annotations.NullMarked;
