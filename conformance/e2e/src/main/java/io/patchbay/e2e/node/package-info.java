/// A node in namespaces of its own, with the installed tree, driven as a runtime would.
@NullMarked
package io.patchbay.e2e.node;

import org.jspecify.annotations.NullMarked;
