/// A plugin binary as a runtime calls it, and a strict reading of what comes back.
@NullMarked
package io.patchbay.suite.plugin;

import org.jspecify.annotations.NullMarked;
