/// The C library: its calls, its error numbers, and memory it can be pointed at.
@NullMarked
package io.patchbay.kernel.libc;

import org.jspecify.annotations.NullMarked;
