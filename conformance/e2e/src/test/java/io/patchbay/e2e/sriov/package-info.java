/// SR-IOV pods of the stock kernel: the installed daemon, its plugin, and the machine's two cards.
@NullMarked
package io.patchbay.e2e.sriov;

import org.jspecify.annotations.NullMarked;
