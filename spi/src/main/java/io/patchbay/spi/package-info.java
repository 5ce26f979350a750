/// What a delegate implements, and what the core hands to it.
@NullMarked
package io.patchbay.spi;

import org.jspecify.annotations.NullMarked;
