/// Programs that are run to their end, within bounds.
@NullMarked
package io.patchbay.meta.process;

import org.jspecify.annotations.NullMarked;
