/// The types `vhost-user` and `memif`: directories with a socket in them, and which pods have them.
@NullMarked
package io.patchbay.userspace;

import org.jspecify.annotations.NullMarked;
