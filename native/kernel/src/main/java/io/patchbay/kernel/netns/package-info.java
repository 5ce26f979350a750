/// Network namespaces as open files, and the ways into one.
@NullMarked
package io.patchbay.kernel.netns;

import org.jspecify.annotations.NullMarked;
