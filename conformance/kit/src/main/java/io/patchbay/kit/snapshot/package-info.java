/// Everything that can leak, as independent witnesses see it.
@NullMarked
package io.patchbay.kit.snapshot;

import org.jspecify.annotations.NullMarked;
