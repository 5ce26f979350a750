/// The type `bridge`: pods on a Linux bridge, by veth pairs.
@NullMarked
package io.patchbay.bridge;

import org.jspecify.annotations.NullMarked;
