/// Runs a plan: locks, journal, undo, garbage collection, reconciliation.
@NullMarked
package io.patchbay.meta.attach;

import org.jspecify.annotations.NullMarked;
