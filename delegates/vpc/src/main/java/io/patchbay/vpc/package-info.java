/// The type `vpc`: pods with addresses of the node's network interfaces.
@NullMarked
package io.patchbay.vpc;

import org.jspecify.annotations.NullMarked;
