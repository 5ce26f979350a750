/// A model of Amazon's plugin, after its code, and a comparison with it in compressed time.
@NullMarked
package io.patchbay.vpc.pool.vpccni;

import org.jspecify.annotations.NullMarked;
