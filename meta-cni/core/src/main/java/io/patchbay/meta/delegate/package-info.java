/// Delegates: found, bound to their configuration, or executed as foreign binaries.
@NullMarked
package io.patchbay.meta.delegate;

import org.jspecify.annotations.NullMarked;
