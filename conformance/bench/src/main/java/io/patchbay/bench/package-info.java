/// Patchbay, Multus and the reference plugins side by side: the same pods, in turns, on one
/// machine.
@NullMarked
package io.patchbay.bench;

import org.jspecify.annotations.NullMarked;
