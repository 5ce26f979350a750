/// A daemon that dies where it is told to.
@NullMarked
package io.patchbay.e2e.fault;

import org.jspecify.annotations.NullMarked;
