/// The patch-bay view: who is plugged where, as the journal remembers it and the kernel shows it.
@NullMarked
package io.patchbay.meta.view;

import org.jspecify.annotations.NullMarked;
