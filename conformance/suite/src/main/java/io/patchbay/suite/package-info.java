/// The certification of any CNI binary from outside, as a command.
@NullMarked
package io.patchbay.suite;

import org.jspecify.annotations.NullMarked;
