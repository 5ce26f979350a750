/// Directories by descriptors, so that whoever may rename them meanwhile changes nothing.
@NullMarked
package io.patchbay.kernel.directory;

import org.jspecify.annotations.NullMarked;
