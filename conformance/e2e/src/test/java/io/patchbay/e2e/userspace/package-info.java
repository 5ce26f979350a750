/// Pods on sockets of the user-space data plane: the installed daemon, its plugin, and testpmd.
@NullMarked
package io.patchbay.e2e.userspace;

import org.jspecify.annotations.NullMarked;
