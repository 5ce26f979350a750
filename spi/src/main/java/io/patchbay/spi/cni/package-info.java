/// The words of the CNI specification: results, capabilities, error codes.
@NullMarked
package io.patchbay.spi.cni;

import org.jspecify.annotations.NullMarked;
