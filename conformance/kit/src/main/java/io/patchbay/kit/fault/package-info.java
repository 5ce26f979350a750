/// The ports of the core with the k-th call made to fail, or the process made to die there.
@NullMarked
package io.patchbay.kit.fault;

import org.jspecify.annotations.NullMarked;
