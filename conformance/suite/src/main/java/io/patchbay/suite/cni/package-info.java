/// The profile of the CNI specification: one plugin, alone.
@NullMarked
package io.patchbay.suite.cni;

import org.jspecify.annotations.NullMarked;
