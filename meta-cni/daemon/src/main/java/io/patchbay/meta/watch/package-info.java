/// Directories whose files come, change and go.
@NullMarked
package io.patchbay.meta.watch;

import org.jspecify.annotations.NullMarked;
