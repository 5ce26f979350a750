/// A node and its pods in namespaces of their own, driven through the real core.
@NullMarked
package io.patchbay.kit.rig;

import org.jspecify.annotations.NullMarked;
