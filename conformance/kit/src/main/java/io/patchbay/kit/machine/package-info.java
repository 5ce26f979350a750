/// Machines on paper, for what no machine at hand has.
@NullMarked
package io.patchbay.kit.machine;

import org.jspecify.annotations.NullMarked;
