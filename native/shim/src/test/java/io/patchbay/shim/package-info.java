/// The tests of the CNI executable: the real binary against a small daemon of their own.
@NullMarked
package io.patchbay.shim;

import org.jspecify.annotations.NullMarked;
