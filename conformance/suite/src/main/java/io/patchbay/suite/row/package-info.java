/// Rows of the specifications, checks of them, and verdicts.
@NullMarked
package io.patchbay.suite.row;

import org.jspecify.annotations.NullMarked;
